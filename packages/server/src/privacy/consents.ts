import { randomUUID } from 'node:crypto'
import {
  type Consent,
  type ConsentChannel,
  type ConsentState,
  type consentEntry,
  type consentsRequest,
  KindredError,
  type PersonConsents,
} from '@kindred/model'
import { type Selectable, sql } from 'kysely'
import type { z } from 'zod'
import type { Parts } from '../parts.ts'
import { personToday } from '../people/person-profile.ts'
import type { CatalogTables } from '../store/catalog/tables.ts'
import { peopleOfIds, withMerged } from './people-of-ids.ts'

type Entry = z.output<typeof consentEntry>
interface Asked {
  projectId: number
  by: string
}
const mostHistory = 500
const rowsAtOnce = 100

/** Appends consents by distinct id to the ledger. Those of nobody are answered and left out. */
export async function noteConsents(parts: Parts, { consents }: z.output<typeof consentsRequest>, asked: Asked): Promise<{ noted: number; unknown: string[] }> {
  const people = await peopleOfIds(parts, asked.projectId, [...new Set(consents.map(({ distinctId }) => distinctId))])
  const known = consents.flatMap(({ distinctId, ...entry }) => {
    const person = people.get(distinctId)
    return person === undefined ? [] : [{ person, entry }]
  })
  await append(parts, known, asked)
  const unknown = consents.map(({ distinctId }) => distinctId).filter((id) => !people.has(id))
  return { noted: known.length, unknown: [...new Set(unknown)] }
}

/** Appends consents of one person. Errors: `person/not-found`. */
export async function notePersonConsents(parts: Parts, { id, consents }: { id: number; consents: readonly Entry[] }, asked: Asked): Promise<PersonConsents> {
  const person = await existing(parts, asked.projectId, id)
  await append(
    parts,
    consents.map((entry) => ({ person, entry })),
    asked,
  )
  return personConsents(parts, asked.projectId, id)
}

/** What holds now for each channel and purpose, and how it came to it. Errors: `person/not-found`. */
export async function personConsents(parts: Parts, projectId: number, id: number): Promise<PersonConsents> {
  const people = await withMerged(parts, projectId, await existing(parts, projectId, id))
  const of = parts.catalog.selectFrom('consents').where('project_id', '=', projectId).where('person_id', 'in', people)
  const history = await of.selectAll().orderBy('at', 'desc').orderBy('id', 'desc').limit(mostHistory).execute()
  const newest = await of.selectAll().select(sql<number>`row_number() over (partition by channel, purpose order by at desc, id desc)`.as('place')).execute()
  const current = newest.filter(({ place }) => place === 1).sort((a, b) => (`${a.channel} ${a.purpose}` < `${b.channel} ${b.purpose}` ? -1 : 1))
  return { current: current.map(toConsent), history: history.map(toConsent) }
}

async function append({ catalog, clock }: Parts, rows: readonly { person: number; entry: Entry }[], { projectId, by }: Asked): Promise<void> {
  const now = clock()
  await catalog.transaction().execute(async (transaction) => {
    for (let from = 0; from < rows.length; from += rowsAtOnce) {
      const some = rows.slice(from, from + rowsAtOnce).map(({ person, entry: { channel, purpose, state, source, at = now } }) => ({
        project_id: projectId,
        person_id: person,
        channel,
        purpose,
        state,
        source: source === '' ? 'api' : source,
        at,
        recorded_at: now,
        recorded_by: by,
        reference: randomUUID(),
      }))
      await transaction.insertInto('consents').values(some).execute()
    }
  })
}

async function existing(parts: Parts, projectId: number, id: number): Promise<number> {
  const today = await personToday(parts, projectId, id)
  const person = await parts.catalog.selectFrom('persons').select('id').where('project_id', '=', projectId).where('id', '=', today).executeTakeFirst()
  if (person === undefined) throw new KindredError('person/not-found', { id })
  return person.id
}

function toConsent(row: Selectable<CatalogTables['consents']>): Consent {
  return {
    id: row.id,
    channel: row.channel as ConsentChannel,
    purpose: row.purpose,
    state: row.state as ConsentState,
    source: row.source,
    at: row.at,
    recordedAt: row.recorded_at,
    recordedBy: row.recorded_by,
  }
}
