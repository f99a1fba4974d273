import { bind, join, type PersonSessionRow, personSessionsSql, render, type Sql, sql } from '@kindred/engine'
import type { Page, PersonSession, Project, sessionsRequest } from '@kindred/model'
import type { z } from 'zod'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { personToday } from './person-profile.ts'

type SessionsRequest = z.output<typeof sessionsRequest>

const order = { list: 'sessions', placeOf: (row: PersonSessionRow) => [Number(row.started), row.id] }

/** A page of a person's sessions, newest first. Errors: `person/not-found`, `request/cursor`. */
export async function listSessions(parts: Parts, project: Project, { id, request }: { id: number; request: SessionsRequest }): Promise<Page<PersonSession>> {
  const [context, person] = await Promise.all([questionContext(parts, project), personToday(parts, project.id, id)])
  const rows = await parts.store.query<PersonSessionRow>(
    render(sql`select * from (${personSessionsSql(context, person)}) where ${join(conditions(request), ' and ')}
order by started desc, id desc limit ${bind('UInt32', request.limit + 1)}`),
  )
  const { results, next } = pageOf(rows, request.limit, order)
  return { results: results.map(sessionOf), next }
}

function conditions({ from, to, cursor }: SessionsRequest): Sql[] {
  const place = readCursor(order.list, cursor, [0, ''] as const)
  return [
    sql`1`,
    ...(from === undefined ? [] : [sql`ended >= ${bind('Int64', from)}`]),
    ...(to === undefined ? [] : [sql`started <= ${bind('Int64', to)}`]),
    ...(place === undefined ? [] : [sql`(started, id) < (${bind('Int64', place[0])}, ${bind('String', place[1])})`]),
  ]
}

function sessionOf(row: PersonSessionRow): PersonSession {
  const [startedAt, endedAt, pages] = [Number(row.started), Number(row.ended), Number(row.pages)]
  return {
    id: row.id,
    startedAt,
    endedAt,
    milliseconds: endedAt - startedAt,
    events: Number(row.events),
    pages,
    entryPage: row.entry_page || null,
    exitPage: row.exit_page || null,
    landingUrl: row.landing_url || null,
    channel: row.channel || null,
    bounced: pages === 0 ? null : row.bounced === 1,
    visitNumber: Number(row.visit),
  }
}
