import {
  type Clause,
  type CompileContext,
  clauseSentence,
  clausesOf,
  didPlanOf,
  isGroup,
  peoplePlanOf,
  peopleSeenSql,
  planSegment,
  render,
  type Subject,
  seenSql,
  stateSql,
  thresholdWords,
} from '@kindred/engine'
import { type Project, type SegmentDefinition, type SegmentWhy, textOf, type WhyClause } from '@kindred/model'
import type { Parts } from '../../parts.ts'
import { questionContext } from '../../projects/question-context.ts'
import { type Alone, withCopiedAlone } from '../alone/alone.ts'
import { choiceOf, recordedOf } from '../membership/choices.ts'
import { definitionOf, segmentRow } from '../segment-row.ts'
import { wordsOf } from '../words.ts'
import { type AskedAbout, askedAbout } from './asked-about.ts'
import { decidingEvents } from './deciding-events.ts'
import { nextChange } from './next-change.ts'

/**
 * Why a person or an account is in a segment, or is not: clause by clause what is seen and what it must be, the events that decide, and when that will change if
 * nothing happens. Errors: `segment/not-found`, those of `askedAbout`.
 */
export async function whyMember(parts: Parts, project: Project, { id, member }: { id: number; member: number }): Promise<SegmentWhy> {
  const row = await segmentRow(parts, project, id)
  const definition: SegmentDefinition = row.kind === 'frozen' ? { unit: row.unit, where: { in: id } } : definitionOf(row)
  const about = await askedAbout(parts, project, { member, definition })
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const planned = planSegment(id, withoutChoices(context, id))
  const clauses = clausesOf(definition, planned).filter(({ condition }) => !isGroup(condition))
  const [state] = await parts.store.query<{ member: number; met: (0 | 1)[] }>(render(stateSql(planned, clauses, { context, id: about.id })))
  const chosen = { id, member: about.id }
  const choice = await choiceOf(parts, project, chosen)
  const byRule = state?.member === 1
  const told = await withCopiedAlone(parts, { projectId: project.id, standing: about.standing }, async (alone) => ({
    clauses: await toldClauses({ context, alone, about, subject: planned.subject }, clauses, state?.met ?? []),
    // What was chosen by hand does not change by itself.
    ...(choice === null
      ? await nextChange(alone, { definition, context: withoutChoices(context, id), isMember: byRule, createdAt: about.createdAt })
      : { next: null, horizon: context.now, nextUnknown: null }),
  }))
  const recorded = await recordedOf(parts, project, { ...chosen, unit: definition.unit })
  return { ...about.told, member: choice === null ? byRule : choice.choice === 'include', recorded, choice, ...told, at: context.now, watermark }
}

/** The rule alone decides: choices by hand are told beside it. */
function withoutChoices(context: CompileContext, id: number): CompileContext {
  const segment = context.segments.get(id)
  return segment === undefined ? context : { ...context, segments: new Map([...context.segments, [id, { ...segment, hasChoices: false }]]) }
}

interface Asking {
  context: CompileContext
  alone: Alone
  about: AskedAbout
  subject: Subject
}

async function toldClauses(asking: Asking, clauses: readonly Clause[], met: readonly (0 | 1)[]): Promise<WhyClause[]> {
  const { context, alone, about, subject } = asking
  const words = wordsOf(context)
  const events = await decidingEvents(alone, { context, subject, clauses })
  const seen = new Map([...(await seenNumbers(asking, clauses)), ...(await seenPeople(asking, clauses))])
  return clauses.map((clause, index) => {
    const { path, condition } = clause
    return {
      path,
      sentence: clauseSentence(condition, words, subject.unit === 'account' ? 'that' : 'who'),
      met: met[index] === 1,
      seen: seen.get(index) ?? propertySeen(condition, about),
      threshold: thresholdWords(condition),
      events: events.get(index) ?? [],
    }
  })
}

/** Counts and sums, by the place of the clause. */
async function seenNumbers({ alone, context, about, subject }: Asking, clauses: readonly Clause[]): Promise<Map<number, string>> {
  const counted = clauses.flatMap(({ plan }, index) => {
    const did = didPlanOf(plan)
    return did === null ? [] : [{ index, did }]
  })
  if (counted.length === 0) return new Map()
  const rows = await alone.query<{ plan: number; seen: number }>((projectId) =>
    seenSql(
      counted.map(({ did }) => did),
      [about.id],
      { context: { ...context, projectId }, subject },
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

/** How many of an account's people meet what is asked of them, by the place of the clause. */
async function seenPeople({ alone, context, about }: Asking, clauses: readonly Clause[]): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  for (const [index, { plan }] of clauses.entries()) {
    const people = peoplePlanOf(plan)
    if (people === null) continue
    const [row] = await alone.query<{ everyone: number; met: number }>((projectId) =>
      peopleSeenSql(people, { context: { ...context, projectId }, id: about.id }),
    )
    const { everyone = 0, met = 0 } = row ?? {}
    found.set(index, `${met} of ${everyone} ${everyone === 1 ? 'person' : 'people'}`)
  }
  return found
}

/** What has a value where there are no events; of the others there is none. */
const hasValueOfNothing: ReadonlySet<string> = new Set(['count', 'sum', 'distinct'])

function measuredWords(of: string, value: number | null): string {
  if (value === null) return 'none'
  const number = value.toLocaleString('en', { maximumFractionDigits: 2 })
  if (of === 'count') return `${number} ${value === 1 ? 'time' : 'times'}`
  return of === 'share' ? `${number} percent` : number
}

function propertySeen(condition: Clause['condition'], { properties, isSensitive }: AskedAbout): string | null {
  const inner = 'not' in condition ? condition.not : condition
  if (!('property' in inner) || inner.property.startsWith('standard.')) return null
  if (isSensitive(inner.property)) return 'hidden, since it is sensitive'
  const value = properties[inner.property]
  if (value === undefined || value === null || value === '') return 'not known'
  return textOf(value) ?? JSON.stringify(value)
}
