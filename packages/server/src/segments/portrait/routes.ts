import {
  definitionFreeze,
  definitionPeopleRequest,
  definitionReachReply,
  definitionReachRequest,
  doneReply,
  peoplePageReply,
  personaDraftReply,
  personaReply,
  personaSave,
  portraitReply,
  segmentReachesReply,
  segmentReachesRequest,
  segmentReply,
  sharesReply,
} from '@kindred/model'
import { z } from 'zod'
import type { Api } from '../../http/api.ts'
import { untilGone } from '../../http/until-gone.ts'
import type { Parts } from '../../parts.ts'
import { queryErrors } from '../../store/clickhouse/query-error.ts'
import { definitionErrors } from '../definition-errors.ts'
import { definitionPeople, definitionReach, freezeDefinition, segmentReaches } from '../definition-people.ts'
import { noteUse } from '../membership/note-use.ts'
import { segmentRow } from '../segment-row.ts'
import { personaDraft } from './draft.ts'
import { deletePersona, savePersona, segmentPersona } from './persona.ts'
import { segmentPortrait } from './portrait.ts'
import { portraitShares } from './shares.ts'

const one = z.object({ id: z.coerce.number().int().positive() })
const counting = ['segment/not-found', ...queryErrors] as const

/** What the people of a segment are like, the persona written of them, and the people of any definition. */
export function portraitRoutes(app: Api, parts: Parts): void {
  countedRoutes(app, parts)
  personaRoutes(app, parts)
  peopleRoutes(app, parts)
}

function countedRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments/:id/portrait',
    {
      schema: { params: one },
      config: {
        scope: 'read',
        summary: 'The people of a segment beside everyone',
        description:
          'How many there are and what share of all, how well they are known, how many can be reached by e-mail and by SMS with their consent, and what they ordered. What sets them apart is told by `POST /segments/compare`.',
        reply: portraitReply,
        errors: counting,
      },
    },
    async (request, reply) => {
      await noteUse(parts, await segmentRow(parts, request.project, request.params.id))
      return segmentPortrait(untilGone(parts, reply), request.project, request.params.id)
    },
  )
  app.get(
    '/segments/:id/portrait/shares',
    {
      schema: { params: one },
      config: {
        scope: 'read',
        summary: 'What the members of a segment are, use and buy, beside everyone',
        description:
          'Categories ordered from, places, ages, devices and channels; of accounts countries, industries and sizes. Each value with the definition that keeps these members.',
        reply: sharesReply,
        errors: counting,
      },
    },
    (request, reply) => portraitShares(untilGone(parts, reply), request.project, request.params.id),
  )
}

function personaRoutes(app: Api, parts: Parts): void {
  app.get(
    '/segments/:id/persona',
    {
      schema: { params: one },
      config: {
        scope: 'read',
        summary: 'The persona of a segment',
        description: '`null` where none is written.',
        reply: z.strictObject({ persona: personaReply.nullable() }),
        errors: ['segment/not-found'],
      },
    },
    async (request) => ({ persona: await segmentPersona(parts, request.project, request.params.id) }),
  )
  app.put(
    '/segments/:id/persona',
    {
      schema: { params: one, body: personaSave },
      config: {
        scope: 'write',
        summary: 'Write the persona of a segment',
        description: 'Name, needs, objections and how to talk to them; shown on each person who is in the segment.',
        reply: personaReply,
        errors: ['segment/not-found'],
      },
    },
    (request) => savePersona(parts, request.project, { id: request.params.id, save: request.body, author: { id: request.user?.id ?? 0 } }),
  )
  app.delete(
    '/segments/:id/persona',
    { schema: { params: one }, config: { scope: 'write', summary: 'Delete the persona of a segment', reply: doneReply, errors: ['segment/not-found'] } },
    async (request) => {
      await deletePersona(parts, request.project, request.params.id)
      return { ok: true }
    },
  )
  app.get(
    '/segments/:id/persona/draft',
    {
      schema: { params: one },
      config: {
        scope: 'read',
        summary: 'A persona drafted from the portrait',
        description: 'Sentences made of what is counted now; nothing is saved.',
        reply: personaDraftReply,
        errors: counting,
      },
    },
    (request, reply) => personaDraft(untilGone(parts, reply), request.project, request.params.id),
  )
}

function peopleRoutes(app: Api, parts: Parts): void {
  app.post(
    '/segments/people',
    {
      schema: { body: definitionPeopleRequest },
      config: {
        scope: 'read',
        summary: 'The people a definition keeps',
        description: 'Saved or not; by id.',
        reply: peoplePageReply,
        errors: definitionErrors,
      },
    },
    (request, reply) => definitionPeople(untilGone(parts, reply), request.project, request.body),
  )
  app.post(
    '/segments/reach',
    {
      schema: { body: definitionReachRequest },
      config: {
        scope: 'read',
        summary: 'How many people of a definition can be reached',
        description: 'By e-mail and by SMS: who has an address, and by the newest entry of the consent ledger gave their consent to marketing by that channel.',
        reply: definitionReachReply,
        errors: definitionErrors,
      },
    },
    (request, reply) => definitionReach(untilGone(parts, reply), request.project, request.body),
  )
  app.post(
    '/segments/reaches',
    {
      schema: { body: segmentReachesRequest },
      config: {
        scope: 'read',
        summary: 'How many people of several segments can be reached',
        description: 'By e-mail and by SMS, with consent: of each segment, counted for all of them in one question.',
        reply: segmentReachesReply,
        errors: [...counting, 'segment/unit'],
      },
    },
    (request, reply) => segmentReaches(untilGone(parts, reply), request.project, request.body),
  )
  app.post(
    '/segments/freeze',
    {
      schema: { body: definitionFreeze },
      config: { scope: 'write', summary: 'Keep the people of a definition as a list', reply: segmentReply, errors: definitionErrors },
    },
    (request) => freezeDefinition(parts, request.project, { ...request.body, author: { id: request.user?.id ?? 0 } }),
  )
}
