import {
  accountPeopleReply,
  accountPeopleRequest,
  accountProfileReply,
  accountSegmentsReply,
  accountsPageReply,
  accountsRequest,
  accountTypesReply,
  eventRowReply,
  pageReply,
  personAccountsReply,
  timelineRequest,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { personToday } from '../people/person-profile.ts'
import { queryErrors } from '../store/clickhouse/query-error.ts'
import { accountEvents } from './account-events.ts'
import { accountPeople, accountProfile, findAccount, personAccounts } from './account-profile.ts'
import { accountSegments } from './account-segments.ts'
import { accountTypes, listAccounts } from './list-accounts.ts'

const path = z.object({ id: z.coerce.number().int().positive() })
const scope = 'read'

/** Accounts: the table, one account, its people and timeline; the accounts of a person. */
export function accountRoutes(app: Api, parts: Parts): void {
  app.get(
    '/accounts',
    {
      schema: { querystring: accountsRequest },
      config: { scope, summary: 'Accounts', description: '`search` looks in names and keys.', reply: accountsPageReply, errors: ['request/cursor'] },
    },
    (request) => listAccounts(parts, request.project, request.query),
  )
  app.get(
    '/accounts/types',
    { config: { scope, summary: 'The types of accounts', description: 'The most accounts first; all of them, at most 20.', reply: accountTypesReply } },
    async (request) => ({ results: await accountTypes(parts, request.project.id), next: null }),
  )
  app.get(
    '/accounts/:id',
    {
      schema: { params: path },
      config: {
        scope,
        summary: 'One account',
        description: 'With where each property came from and when.',
        reply: accountProfileReply,
        errors: ['account/not-found'],
      },
    },
    (request) => accountProfile(parts, request.project, request.params.id),
  )
  memberRoutes(app, parts)
}

function memberRoutes(app: Api, parts: Parts): void {
  app.get(
    '/accounts/:id/people',
    {
      schema: { params: path, querystring: accountPeopleRequest },
      config: { scope, summary: 'The people of an account', description: 'Last seen with it first.', reply: accountPeopleReply, errors: ['account/not-found'] },
    },
    (request) => accountPeople(parts, request.project, { id: request.params.id, page: request.query }),
  )
  app.get(
    '/accounts/:id/segments',
    {
      schema: { params: path },
      config: {
        scope,
        summary: 'The segments an account is in',
        description: 'All of them, and why: segments of accounts, as they are now.',
        reply: accountSegmentsReply,
        errors: ['account/not-found', ...queryErrors],
      },
    },
    async ({ project, params }) => ({ results: await accountSegments(parts, project, params.id), next: null }),
  )
  app.get(
    '/accounts/:id/events',
    {
      schema: { params: path, querystring: timelineRequest },
      config: {
        scope,
        summary: 'What was done for an account',
        description: 'Newest first: events that name the account, and those that tell of it.',
        reply: pageReply(eventRowReply),
        errors: ['account/not-found'],
      },
    },
    async ({ project, params, query }) => accountEvents(parts, project, { account: await findAccount(parts, project.id, params.id), request: query }),
  )
  app.get(
    '/people/:id/accounts',
    {
      schema: { params: path, querystring: accountPeopleRequest },
      config: { scope, summary: 'The accounts a person is in', description: 'Last seen with first.', reply: personAccountsReply },
    },
    async ({ project, params, query }) => personAccounts(parts, project, { id: await personToday(parts, project.id, params.id), page: query }),
  )
}
