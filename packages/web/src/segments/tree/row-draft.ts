import {
  type Comparison,
  type Condition,
  comparisonSchema,
  comparisonShape,
  conditionSchema,
  type DidCondition,
  type InCondition,
  kindOf,
  type PropertyCondition,
} from '@kindred/model'
import { draftMistake, readDraft, writeDraft } from '../../conditions/property-draft.ts'
import type { ComparisonDraft, DidDraft, RowDraft } from './node.ts'

/** The row of a condition that was read; the inverse of `writeRow`. */
export function readRow(condition: Condition): RowDraft {
  const draft = readFields(condition)
  return draft !== null && sameJson(writeRow(draft), condition) ? draft : { kind: 'written', text: JSON.stringify(condition, null, 2) }
}

function readFields(condition: Condition): RowDraft | null {
  switch (kindOf(condition)) {
    case 'did':
      return readDid(condition as DidCondition)
    case 'in':
      return { kind: 'in', segment: (condition as InCondition).in }
    case 'property':
      return { kind: 'property', ...readDraft(condition as PropertyCondition) }
    default:
      return null
  }
}

/** Whether two values are the same JSON, whatever the order of keys. */
function sameJson(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other
  const [keys, others] = [one, other].map((each) => Object.entries(each).flatMap(([key, value]) => (value === undefined ? [] : [key])))
  if (keys === undefined || others === undefined || keys.length !== others.length || Array.isArray(one) !== Array.isArray(other)) return false
  return keys.every((key) => sameJson((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
}

/** The condition that somebody wrote as JSON, or what is wrong with it. */
function readWritten(text: string): { condition: Condition } | { mistake: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { mistake: 'This is not JSON yet.' }
  }
  const read = conditionSchema.safeParse(value)
  if (read.success) return { condition: read.data }
  const [issue] = read.error.issues
  return { mistake: [issue?.path.join('.'), issue?.message].filter(Boolean).join(': ') }
}

/** The condition as it goes on the wire, or null while the row is unfinished. */
export function writeRow(draft: RowDraft): Condition | null {
  if (rowMistake(draft) !== null) return null
  if (draft.kind === 'property') return writeDraft(draft)
  if (draft.kind === 'written') {
    const written = readWritten(draft.text)
    return 'condition' in written ? written.condition : null
  }
  if (draft.kind === 'in') return draft.segment === null ? null : { in: draft.segment }
  return writeDid(draft)
}

/** What is missing or wrong in a row, in words; null when it is complete. */
export function rowMistake(draft: RowDraft): string | null {
  if (draft.kind === 'property') return draftMistake(draft)
  if (draft.kind === 'written') {
    const written = readWritten(draft.text)
    return 'mistake' in written ? written.mistake : null
  }
  if (draft.kind === 'in') return draft.segment === null ? 'Choose a segment.' : null
  if (draft.event === null) return 'Choose what they did.'
  const filter = draft.where.map(draftMistake).find((mistake) => mistake !== null)
  if (filter !== undefined) return filter
  if (draft.measure !== null && !comparisonSchema.safeParse(writeComparison(draft.measure.comparison)).success) return 'Type a number.'
  if (draft.measure?.by === 'sum' && draft.measure.property === '') return 'Choose the property to add up.'
  return conditionSchema.safeParse(writeDid(draft)).success ? null : 'Complete the time: a length such as 30 days, or dates.'
}

export const emptyDid = (): DidDraft => ({ kind: 'did', event: null, where: [], measure: null, within: null })

function readDid(condition: DidCondition): DidDraft {
  const { did, where = [], count, sum, within } = condition
  const measure = sum
    ? { by: 'sum' as const, property: sum.property, comparison: readComparison(sum) }
    : count
      ? { by: 'count' as const, comparison: readComparison(count) }
      : null
  return { kind: 'did', event: did, where: where.map(readDraft), measure, within: within ?? null }
}

function writeDid({ event, where, measure, within }: DidDraft): Condition {
  const condition = {
    did: event,
    ...(where.length > 0 ? { where: where.map(writeDraft) } : {}),
    ...(measure?.by === 'count' ? { count: writeComparison(measure.comparison) } : {}),
    ...(measure?.by === 'sum' ? { sum: { property: measure.property, ...writeComparison(measure.comparison) } } : {}),
    ...(within === null ? {} : { within }),
  }
  return condition as Condition
}

const comparisonNames = Object.keys(comparisonShape) as (keyof Comparison)[]

function readComparison(comparison: Comparison): ComparisonDraft {
  const name = comparisonNames.find((each) => comparison[each] !== undefined) ?? 'atLeast'
  return { name, operand: comparison[name] ?? null }
}

const writeComparison = ({ name, operand }: ComparisonDraft): Comparison => ({ [name]: operand })
