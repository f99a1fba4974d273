import { Buffer } from 'node:buffer'
import { randomUUID } from 'node:crypto'
import { bind, mergedInto, recordedSql, render, sql } from '@kindred/engine'
import {
  type ChangeCause,
  type choiceSave,
  KindredError,
  type listRequest,
  type Page,
  type PersonSegment,
  type Project,
  type SegmentChoice,
  type SegmentUnit,
} from '@kindred/model'
import type { z } from 'zod'
import { pageOf, readCursor } from '../../http/cursor.ts'
import type { Parts } from '../../parts.ts'
import { personToday, storedProperties } from '../../people/person-profile.ts'
import { questionContext } from '../../projects/question-context.ts'
import { personasOf } from '../portrait/persona.ts'
import { toSegments } from '../segment-reply.ts'
import { segmentRow, unitOf } from '../segment-row.ts'
import type { Author } from '../segments.ts'
import { membershipJobs } from './jobs.ts'
import { memberLabels } from './labels.ts'

interface Chosen {
  id: number
  /** The person or the account. */
  member: number
}

/**
 * Puts somebody into a segment, or leaves them out, whatever its rule says: it holds through every recomputation until it is taken back. Errors:
 * `segment/not-found`, `segment/archived`, `person/not-found`, `account/not-found`.
 */
export async function chooseMember(
  parts: Parts,
  project: Project,
  { id, member, choice, reason, author }: Chosen & z.output<typeof choiceSave> & { author: Author },
): Promise<SegmentChoice> {
  const key = await choiceKey(parts, project, { id, member })
  const row = { ...key, choice, reason, author_id: author.id, at: parts.clock() }
  await storeChoice(parts, key, choice === 'include' ? 1 : -1)
  await parts.catalog
    .insertInto('segment_choices')
    .values(row)
    .onConflict((conflict) => conflict.columns(['segment_id', 'person_id', 'account_id']).doUpdateSet({ choice, reason, author_id: row.author_id, at: row.at }))
    .execute()
  membershipJobs(parts).soon(id, 'hand')
  const made = await choiceOf(parts, project, { id, member })
  if (made === null) throw new Error('a choice just written is there')
  return made
}

/** Takes a choice back: the rule decides again. Errors: as `chooseMember`. */
export async function unchooseMember(parts: Parts, project: Project, { id, member }: Chosen): Promise<void> {
  const key = await choiceKey(parts, project, { id, member })
  // Whoever was merged into this person may be the one the choice was made about.
  const own = key.account_id > 0 ? [] : await parts.catalog.selectFrom('person_merges').select('from_id').where('to_id', '=', key.person_id).execute()
  const people = [key.person_id, ...own.map(({ from_id }) => from_id)]
  for (const person of people) await storeChoice(parts, { ...key, person_id: person }, 0)
  await parts.catalog
    .deleteFrom('segment_choices')
    .where('segment_id', '=', id)
    .where('account_id', '=', key.account_id)
    .where('person_id', 'in', people)
    .execute()
  membershipJobs(parts).soon(id, 'hand')
}

interface ChoiceKey {
  project_id: number
  segment_id: number
  person_id: number
  account_id: number
}

async function choiceKey(parts: Parts, project: Project, { id, member }: Chosen): Promise<ChoiceKey> {
  const row = await segmentRow(parts, project, id)
  if (row.archived_at !== null) throw new KindredError('segment/archived', { id })
  if (unitOf(row) === 'account') {
    const account = await parts.catalog.selectFrom('accounts').select('id').where('project_id', '=', project.id).where('id', '=', member).executeTakeFirst()
    if (account === undefined) throw new KindredError('account/not-found', { id: member })
    return { project_id: project.id, segment_id: id, person_id: 0, account_id: member }
  }
  const person = await personToday(parts, project.id, member)
  await storedProperties(parts, project.id, person)
  return { project_id: project.id, segment_id: id, person_id: person, account_id: 0 }
}

/** Questions read choices in the store; the catalog says who made them. */
async function storeChoice(parts: Parts, key: ChoiceKey, choice: 1 | 0 | -1): Promise<void> {
  // Two choices in one millisecond are told apart by the later one's higher version.
  const version = Math.max(parts.clock(), (lastVersion.get(parts) ?? 0) + 1)
  lastVersion.set(parts, version)
  const row = { ...key, choice, version }
  await parts.store.insert('segment_choices', Buffer.from(JSON.stringify(row)), randomUUID())
}
const lastVersion = new WeakMap<Parts, number>()

const order = { list: 'segment-choices', placeOf: ({ person_id, account_id }: { person_id: number; account_id: number }) => [person_id, account_id] }

/** Whom people put in or left out, by id. Errors: `segment/not-found`, `request/cursor`. */
export async function listChoices(
  parts: Parts,
  project: Project,
  { id, limit, cursor }: z.output<typeof listRequest> & { id: number },
): Promise<Page<SegmentChoice>> {
  const row = await segmentRow(parts, project, id)
  const after = readCursor(order.list, cursor, [0, 0] as const)
  const rows = await choiceRows(parts)
    .where('segment_id', '=', id)
    .$if(after !== undefined, (query) => query.where((eb) => eb(eb.refTuple('person_id', 'account_id'), '>', eb.tuple(...(after ?? [0, 0])))))
    .orderBy('person_id')
    .orderBy('account_id')
    .limit(limit + 1)
    .execute()
  const { results, next } = pageOf(rows, limit, order)
  const labelOf = await memberLabels(parts, project, { unit: unitOf(row), ids: results.map(memberOf) })
  return { results: results.map((each) => ({ ...labelOf(memberOf(each)), ...told(each) })), next }
}

/** The choice made about somebody, or about whom was merged into them; the latest one. */
export async function choiceOf(parts: Parts, project: Project, { id, member }: Chosen): Promise<SegmentChoice | null> {
  const unit = unitOf(await segmentRow(parts, project, id))
  const merged = await parts.catalog.selectFrom('person_merges').select('from_id').where('to_id', '=', member).execute()
  const row = await choiceRows(parts)
    .where('segment_id', '=', id)
    .where(unit === 'account' ? 'account_id' : 'person_id', 'in', unit === 'account' ? [member] : [member, ...merged.map(({ from_id }) => from_id)])
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const labelOf = await memberLabels(parts, project, { unit, ids: [memberOf(row)] })
  return { ...labelOf(memberOf(row)), ...told(row) }
}

function choiceRows({ catalog }: Parts) {
  return catalog
    .selectFrom('segment_choices')
    .leftJoin('users', 'users.id', 'segment_choices.author_id')
    .select(['person_id', 'account_id', 'choice', 'reason', 'at', 'users.name as author'])
}

const memberOf = (row: { person_id: number; account_id: number }) => Math.max(row.person_id, row.account_id)
const told = (row: { choice: 'include' | 'exclude'; reason: string; at: number; author: string | null }) => ({
  choice: row.choice,
  reason: row.reason,
  author: row.author ?? 'An API key',
  at: row.at,
})

/** The segments of people, archived ones left out, each with whether a person is recorded as a member. Errors: `person/not-found`. */
export async function personSegments(parts: Parts, project: Project, id: number): Promise<PersonSegment[]> {
  const person = await personToday(parts, project.id, id)
  await storedProperties(parts, project.id, person)
  const context = await questionContext(parts, project)
  const rows = await parts.catalog
    .selectFrom('segments')
    .selectAll()
    .where('project_id', '=', project.id)
    .where('deleted_at', 'is', null)
    .where('archived_at', 'is', null)
    .orderBy('name')
    .execute()
  const merged = await parts.catalog.selectFrom('person_merges').select('from_id').where('to_id', '=', person).execute()
  const own = [person, ...merged.map(({ from_id }) => from_id)]
  const states = await parts.store.query<{ segment: string; since: string }>(
    render(sql`select segment, toUnixTimestamp64Milli(min(since)) as since from (
select segment_id as segment, person_id, argMax(entered, run) as member, argMax(since, run) as since from kindred.segment_changes
where project_id = ${bind('UInt32', project.id)} and person_id in ${bind('Array(UInt64)', own)} group by segment, person_id having member = 1) group by segment`),
  )
  const since = new Map(states.map((state) => [Number(state.segment), Number(state.since)]))
  const chosen = await parts.catalog.selectFrom('segment_choices').select(['segment_id', 'choice']).where('person_id', 'in', own).orderBy('at').execute()
  const choices = new Map(chosen.map((choice) => [choice.segment_id, choice.choice]))
  const personas = await personasOf(
    parts,
    rows.map((row) => row.id),
  )
  const segments = await toSegments(
    parts,
    rows.filter((row) => unitOf(row) === 'person'),
    context,
  )
  return segments.map(({ id: segment, name, kind, sentence, recorded }) => ({
    id: segment,
    name,
    kind,
    sentence,
    member: since.has(segment),
    since: since.get(segment) ?? null,
    choice: choices.get(segment) ?? null,
    recordedAt: recorded?.at ?? null,
    persona: personas.get(segment) ?? null,
  }))
}

/** Since when, and why, a person or an account is recorded as a member; null: they are not. */
export async function recordedOf(
  parts: Parts,
  project: Project,
  { id, member, unit }: Chosen & { unit: SegmentUnit },
): Promise<{ since: number; cause: ChangeCause } | null> {
  const recorded = { projectId: project.id, segmentId: id, unit }
  const own = bind('UInt64', member)
  const isTheirs = unit === 'account' ? sql`account_id = ${own}` : sql`(person_id = ${own} or person_id in (${mergedInto(project.id, member)}))`
  const [row] = await parts.store.query<{ since: string }>(
    render(sql`select toUnixTimestamp64Milli(joined) as since from (${recordedSql(recorded)}) where id = ${own}`),
  )
  if (row === undefined) return null
  const [last] = await parts.store.query<{ cause: ChangeCause }>(
    render(sql`select cause from kindred.segment_changes where project_id = ${bind('UInt32', project.id)} and segment_id = ${bind('UInt64', id)} and entered = 1
and ${isTheirs}
order by run desc limit 1`),
  )
  return { since: Number(row.since), cause: last?.cause ?? 'rule' }
}
