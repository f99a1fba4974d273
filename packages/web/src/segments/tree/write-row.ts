import { type Condition, conditionKindSchemas, conditionSchema, quantifierSchema } from '@kindred/model'
import { draftMistake, readDraft } from '../../conditions/property-draft.ts'
import type { Filter, RowDraft } from './row-draft.ts'

type Issue = { code?: string | undefined; message: string; path: PropertyKey[] }

/** The condition as it goes on the wire, or null while the row is unfinished. Those of `people` and `account` lack their `where`, which the tree adds. */
export function writeRow(draft: RowDraft): Condition | null {
  if (rowMistake(draft) !== null) return null
  if (draft.kind === 'written') {
    const written = readWritten(draft.text)
    return 'condition' in written ? written.condition : null
  }
  return withoutKind(draft) as unknown as Condition
}

/** What is missing or wrong in a row, in words; null when it is complete. */
export function rowMistake(draft: RowDraft): string | null {
  if (draft.kind === 'written') {
    const written = readWritten(draft.text)
    return 'mistake' in written ? written.mistake : null
  }
  const issue = firstIssue(draft)
  if (issue === null) return null
  return mistakeAt(draft, issue)
}

function firstIssue(draft: Exclude<RowDraft, { kind: 'written' }>): Issue | null {
  if (draft.kind === 'people' || draft.kind === 'account') {
    const quantifier = draft.kind === 'people' ? draft.people : draft.account
    return quantifierSchema.safeParse(quantifier).success ? null : { message: '', path: ['count'] }
  }
  const read = conditionKindSchemas[draft.kind].safeParse(withoutKind(draft))
  if (read.success) return unfilled(draft)
  return read.error.issues[0] ?? null
}

/** What the language allows and nobody means: a value that was not chosen yet. A list that was read empty is left as it is. */
function unfilled(draft: RowDraft): Issue | null {
  for (const { path, part } of operatorsOf(draft)) {
    const mistake = draftMistake(readDraft(part))
    if (mistake !== null) return { message: mistake, path }
  }
  return null
}

function operatorsOf(draft: RowDraft): { path: PropertyKey[]; part: Filter }[] {
  if (draft.kind === 'property') return [{ path: [], part: draft }]
  if (draft.kind === 'survey' || (draft.kind === 'trait' && draft.rank === undefined)) return [{ path: [], part: { ...draft, property: 'answer' } }]
  if (draft.kind === 'session') return draft.session.map((part, index) => ({ path: ['session', index], part }))
  if (draft.kind === 'sequence') return draft.sequence.flatMap((step, at) => filtersOf(step, ['sequence', at]))
  if (draft.kind === 'compare') return [...filtersOf(draft.compare, ['compare']), ...filtersOf(draft.than, ['than'])]
  return filtersOf(draft, [])
}

function filtersOf(holder: object, path: PropertyKey[]): { path: PropertyKey[]; part: Filter }[] {
  const { where } = holder as { where?: Filter[] }
  return (where ?? []).flatMap((part, index) => (part.sameAs === undefined ? [{ path: [...path, 'where', index], part }] : []))
}

const times = ['within', 'since', 'joinedWithin', 'active', 'quiet', 'back', 'observed', 'each', 'last', 'ago', 'from', 'to', 'before']
const numbers = ['count', 'share', 'sum', 'avg', 'min', 'max', 'median', 'distinct', 'times', 'rank', 'near', 'inside', 'bucket', 'atLeast', 'of']
const events = ['did', 'absent', 'first', 'regularly', 'stopped', 'restarted', 'started']
const asks: Record<string, string> = {
  property: 'Choose a property.',
  trait: 'Choose a value.',
  in: 'Choose a segment.',
  question: 'Choose the question.',
  during: 'Say which part of the year, the week or the day.',
  time: 'Say which part of the year, the week or the day.',
  season: 'Name the season.',
  purpose: 'Say what the consent is for.',
  sequence: 'A sequence has at least two steps.',
}

function mistakeAt(draft: RowDraft, issue: Issue): string {
  const part = operatorsOf(draft).find(({ path }) => path.every((step, index) => issue.path[index] === step))
  const inPart = part !== undefined && (part.path.length > 0 || draft.kind === 'property') ? draftMistake(readDraft(part.part)) : null
  if (inPart !== null) return inPart
  const path = issue.path.filter((step) => typeof step === 'string')
  const last = path.at(-1) ?? ''
  if (draft.kind === 'last' && last === 'last' && path.length === 1) return 'Choose what they did.'
  if (issue.code === 'custom') return sentence(issue.message)
  if (asks[last] !== undefined) return asks[last]
  if (events.includes(last) || events.includes(path[0] ?? '')) return 'Choose what they did.'
  if (path.some((step) => times.includes(step)) && !(draft.kind === 'bucket')) return 'Complete the time: a length such as 30 days, or dates.'
  if (path.some((step) => numbers.includes(step))) return 'Type a number.'
  if (draft.kind === 'place') return 'Say which place.'
  if (draft.kind === 'survey' || draft.kind === 'trait') return draftMistake(readDraft({ ...draft, property: 'answer' })) ?? 'Complete this condition.'
  return issue.message === '' || issue.message.startsWith('Invalid') ? 'Complete this condition.' : sentence(issue.message)
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`

function withoutKind({ kind: _, ...rest }: RowDraft): object {
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
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
