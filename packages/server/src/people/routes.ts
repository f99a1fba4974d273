import { bind, type CompileContext, personOfEvent, type Sql, sql } from '@kindred/engine'
import {
  eventRowReply,
  pageReply,
  peoplePageReply,
  peopleRequest,
  personProfileReply,
  personSessionReply,
  sessionsRequest,
  timelineRequest,
} from '@kindred/model'
import { z } from 'zod'
import { eventRows } from '../data/event-rows.ts'
import { timelineSql } from '../data/timeline.ts'
import type { Api } from '../http/api.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { listPeople } from './list-people.ts'
import { listSessions } from './list-sessions.ts'
import { personProfile, personToday } from './person-profile.ts'

const personPath = z.object({ id: z.coerce.number().int().positive() })

/** People: the table, one profile, its timeline. */
export function peopleRoutes(app: Api, parts: Parts): void {
  app.get(
    '/people',
    {
      schema: { querystring: peopleRequest },
      config: {
        scope: 'read',
        summary: 'People',
        description:
          '`search` looks in names, e-mail addresses and ids. A person whose place in the order changes meanwhile may be passed over: to read everybody, use `sort=created`.',
        reply: peoplePageReply,
      },
    },
    (request) => listPeople(parts, request.project, request.query),
  )

  app.get(
    '/people/:id',
    {
      schema: { params: personPath },
      config: {
        scope: 'read',
        summary: 'One person',
        description: 'With where each property came from and when. The id of a merged person answers the person of today.',
        reply: personProfileReply,
        errors: ['person/not-found'],
      },
    },
    (request) => personProfile(parts, request.project, request.params.id),
  )

  app.get(
    '/people/:id/events',
    {
      schema: { params: personPath, querystring: timelineRequest },
      config: { scope: 'read', summary: 'What a person did', description: 'Newest first.', reply: pageReply(eventRowReply), errors: ['person/not-found'] },
    },
    async (request) => {
      const { project, query } = request
      const context = await questionContext(parts, project)
      const person = await personToday(parts, project.id, request.params.id)
      return eventRows(parts, { project, context, and: [ofPerson(context, person), ...timelineSql(query)], page: query })
    },
  )

  app.get(
    '/people/:id/sessions',
    {
      schema: { params: personPath, querystring: sessionsRequest },
      config: {
        scope: 'read',
        summary: 'The sessions of a person',
        description: 'Newest first, made of the events as they are now.',
        reply: pageReply(personSessionReply),
        errors: ['person/not-found'],
      },
    },
    (request) => listSessions(parts, request.project, { id: request.params.id, request: request.query }),
  )
}

/** UInt8: the event `e` is of this person. Where people were merged, the plain column still finds all but the merged ones by its index. */
function ofPerson(context: CompileContext, person: number): Sql {
  return sql`${personOfEvent(context)} = ${bind('UInt64', person)}`
}
