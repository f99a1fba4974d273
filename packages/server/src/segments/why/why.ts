import {
  type Clause,
  type CompileContext,
  clauseSentence,
  clausesOf,
  didPlanOf,
  isGroup,
  personSubject,
  planSegment,
  render,
  seenSql,
  stateSql,
  thresholdWords,
} from '@kindred/engine'
import { KindredError, type PersonRow, type Project, type SegmentDefinition, type SegmentWhy, textOf, type WhyClause } from '@kindred/model'
import { sensitivityOf } from '../../data/sensitive.ts'
import type { Parts } from '../../parts.ts'
import { personToday } from '../../people/person-profile.ts'
import { personRows } from '../../people/person-rows.ts'
import { questionContext } from '../../projects/question-context.ts'
import { type Alone, withPersonAlone } from '../alone/alone.ts'
import { choiceOf, recordedOf } from '../membership/choices.ts'
import { definitionOf, segmentRow, unitOf } from '../segment-row.ts'
import { wordsOf } from '../words.ts'
import { decidingEvents } from './deciding-events.ts'
import { nextChange } from './next-change.ts'

/**
 * Why a person is in a segment, or is not: clause by clause what is seen and what it must be, the events that decide, and when that will change if nothing
 * happens. Errors: `segment/not-found`, `person/not-found`, `request/invalid` for a segment of accounts.
 */
export async function whyMember(parts: Parts, project: Project, { id, person }: { id: number; person: number }): Promise<SegmentWhy> {
  const row = await segmentRow(parts, project, id)
  if (unitOf(row) === 'account')
    throw new KindredError('request/invalid', { field: 'id', reason: 'reasons are told of people, and this is a segment of accounts' })
  const today = await personToday(parts, project.id, person)
  const [found] = await personRows(parts, project, [today])
  if (found === undefined) throw new KindredError('person/not-found', { id: person })
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const definition: SegmentDefinition = row.kind === 'frozen' ? { unit: 'person', where: { in: id } } : definitionOf(row)
  const planned = planSegment(id, withoutChoices(context, id))
  const clauses = clausesOf(definition, planned).filter(({ condition }) => !isGroup(condition))
  const [state] = await parts.store.query<{ member: number; met: (0 | 1)[] }>(render(stateSql(planned, clauses, { context, id: today })))
  const choice = await choiceOf(parts, project, { id, member: today })
  const byRule = state?.member === 1
  const member = choice === null ? byRule : choice.choice === 'include'
  const people = [today, ...(await mergedInto(parts, today))]
  const told = await withPersonAlone(parts, { projectId: project.id, people }, async (alone) => ({
    clauses: await toldClauses({ parts, project, context, alone }, { person: found, people, clauses, met: state?.met ?? [] }),
    // What was chosen by hand does not change by itself.
    ...(choice === null
      ? await nextChange(alone, { definition, context: withoutChoices(context, id), isMember: byRule, createdAt: found.createdAt })
      : { next: null, horizon: context.now, nextUnknown: null }),
  }))
  return { person: found, member, recorded: await recordedOf(parts, project, { id, member: today }), choice, ...told, at: context.now, watermark }
}

/** The rule alone decides: choices by hand are told beside it. */
function withoutChoices(context: CompileContext, id: number): CompileContext {
  const segment = context.segments.get(id)
  return segment === undefined ? context : { ...context, segments: new Map([...context.segments, [id, { ...segment, hasChoices: false }]]) }
}

async function mergedInto({ catalog }: Parts, person: number): Promise<number[]> {
  const rows = await catalog.selectFrom('person_merges').select('from_id').where('to_id', '=', person).execute()
  return rows.map(({ from_id }) => from_id)
}

interface Asking {
  parts: Parts
  project: Project
  context: CompileContext
  alone: Alone
}
interface Looked {
  person: PersonRow
  people: readonly number[]
  clauses: readonly Clause[]
  met: readonly (0 | 1)[]
}

async function toldClauses({ parts, project, context, alone }: Asking, { person, people, clauses, met }: Looked): Promise<WhyClause[]> {
  const words = wordsOf(context)
  const events = await decidingEvents(alone, { context, people, clauses })
  const seen = await seenValues(alone, { context, person, clauses })
  const { person: isSensitive } = await sensitivityOf(parts, project.id)
  return clauses.map((clause, index) => {
    const { path, condition } = clause
    return {
      path,
      sentence: clauseSentence(condition, words),
      met: met[index] === 1,
      seen: seen.get(index) ?? propertySeen(condition, { person, isSensitive }),
      threshold: thresholdWords(condition),
      events: events.get(index) ?? [],
    }
  })
}

/** Counts and sums, by the place of the clause. */
async function seenValues(
  alone: Alone,
  { context, person, clauses }: { context: CompileContext; person: PersonRow; clauses: readonly Clause[] },
): Promise<Map<number, string>> {
  const counted = clauses.flatMap(({ plan }, index) => {
    const did = didPlanOf(plan)
    return did === null ? [] : [{ index, did }]
  })
  if (counted.length === 0) return new Map()
  const rows = await alone.query<{ plan: number; seen: number }>((projectId) =>
    seenSql(
      counted.map(({ did }) => did),
      [person.id],
      { context: { ...context, projectId }, subject: personSubject },
    ),
  )
  const values = new Map(rows.map(({ plan, seen }) => [plan, seen]))
  return new Map(
    counted.map(({ index, did }, place) => {
      const { of } = did.quantity.measure
      const value = values.get(place) ?? (hasValueOfNothing.has(of) ? 0 : null)
      return [index, measuredWords(of, value)]
    }),
  )
}

/** What has a value where there are no events; of the others there is none. */
const hasValueOfNothing: ReadonlySet<string> = new Set(['count', 'sum', 'distinct'])

function measuredWords(of: string, value: number | null): string {
  if (value === null) return 'none'
  const number = value.toLocaleString('en', { maximumFractionDigits: 2 })
  if (of === 'count') return `${number} ${value === 1 ? 'time' : 'times'}`
  return of === 'share' ? `${number} percent` : number
}

function propertySeen(condition: Clause['condition'], { person, isSensitive }: { person: PersonRow; isSensitive: (name: string) => boolean }): string | null {
  const inner = 'not' in condition ? condition.not : condition
  if (!('property' in inner) || typeof inner.property !== 'string' || inner.property.startsWith('standard.')) return null
  if (isSensitive(inner.property)) return 'hidden, since it is sensitive'
  const value = person.properties[inner.property]
  if (value === undefined || value === null || value === '') return 'not known'
  return textOf(value) ?? JSON.stringify(value)
}
