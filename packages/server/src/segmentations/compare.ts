import {
  type CompileContext,
  distinctValuesSql,
  doersSql,
  type GroupRows,
  groupSizesSql,
  personProperty,
  planSegment,
  propertyRows,
  render,
  type TwoGroups,
} from '@kindred/engine'
import {
  type ComparedBy,
  comparedBy,
  eventLabel,
  KindredError,
  type Project,
  type SegmentComparison,
  type SegmentUnit,
  standardFieldNamed,
} from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { inChunks } from './chunks.ts'
import { comparedAccountProperties } from './compared-account-properties.ts'
import { type Candidate, comparedProperties } from './compared-properties.ts'
import { comparedTraits } from './compared-traits.ts'
import { meanDifferences, mostDistinct, type Sizes, shares, valueShares } from './effects.ts'
import { type TraitsTold, traitQuestions } from './trait-differences.ts'

type CompareParts = Pick<Parts, 'catalog' | 'clock' | 'ingest' | 'store'>
type Groups = TwoGroups & { context: CompileContext }

interface Asking {
  parts: CompareParts
  project: Project
  groups: Groups
  sizes: Sizes
}

interface Asked {
  a: number
  b?: number | undefined
  /** Left out: by all. */
  by?: readonly ComparedBy[] | undefined
}

/** What one question found; `leftOut`: traits that took too much. */
type Told = Pick<TraitsTold, 'differences'> & Partial<TraitsTold>

const eventDays = 90
/** A statement over many properties takes the store longer to read than to answer. */
const propertiesAtOnce = 6
const lanes = 2
/** Members that are named in each statement instead of the rule. */
const mostKnown = 50_000
const shownEvents = 200
const shownDifferences = 100

/**
 * What sets the people, or the accounts, of one segment apart from those of another, or from everybody else: values of properties, events of the last 90 days, numbers and
 * traits, by the size of the effect. Errors: `segment/not-found`, `segment/invalid` for two that do not hold the same.
 */
export async function compareSegments(parts: CompareParts, project: Project, asked: Asked): Promise<SegmentComparison> {
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const groups = { a: planSegment(asked.a, context), b: asked.b === undefined ? null : planSegment(asked.b, context), context }
  const unit = comparedUnit(groups)
  const [row] = await parts.store.query<{ a: string; b: string; known_a: string[]; known_b: string[] }>(render(groupSizesSql(groups, mostKnown)))
  const sizes = { a: Number(row?.a ?? 0), b: Number(row?.b ?? 0) }
  const named = (size: number, ids: readonly string[] = []) => (size <= mostKnown ? ids.map(Number) : undefined)
  const known = { a: named(sizes.a, row?.known_a), b: asked.b === undefined ? undefined : named(sizes.b, row?.known_b) }
  const asking = { parts, project, groups: { ...groups, known }, sizes }
  const by = new Set<ComparedBy>(asked.by ?? comparedBy)
  const { traits, beyond } = by.has('traits') ? await comparedTraits(parts, project, { context, subject: groups.a.subject }) : { traits: [], beyond: [] }
  const answers = await inLanes<Told>([
    ...(by.has('events') ? [() => ofEvents(asking)] : []),
    ...(by.has('properties') ? await propertyQuestions(asking, unit) : []),
    ...traitQuestions(asking, traits),
  ])
  const found = answers.flatMap(({ differences }) => differences)
  const leftOut = [...answers.flatMap(({ leftOut: some = [] }) => some), ...beyond]
  const nameOf = (id: number) => context.segments.get(id)?.name ?? ''
  return {
    unit,
    a: { id: asked.a, name: nameOf(asked.a), size: sizes.a },
    b: { id: asked.b ?? null, name: asked.b === undefined ? restWords[unit] : nameOf(asked.b), size: sizes.b },
    differences: found
      .filter(({ low, high }) => low > 0 || high < 0)
      .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect))
      .slice(0, shownDifferences),
    examined: found.length,
    leftOut: leftOut.map(({ name, label }) => ({ name, label })),
    watermark,
    at: context.now,
  }
}

const restWords: Readonly<Record<SegmentUnit, string>> = { person: 'Everyone else', account: 'All other accounts' }

async function propertyQuestions(asking: Asking, unit: SegmentUnit): Promise<(() => Promise<Told>)[]> {
  const { parts, project } = asking
  const candidates = await (unit === 'person' ? comparedProperties(parts, project) : comparedAccountProperties(parts, project))
  const some = (wanted: Candidate['type']) => candidates.filter(({ type }) => type === wanted)
  return [
    ...inChunks(some('values'), propertiesAtOnce).map((chunk) => () => ofValues(asking, chunk)),
    ...inChunks(some('number'), propertiesAtOnce).map((chunk) => () => ofNumbers(asking, chunk)),
  ]
}

/** People are compared with people, and accounts with accounts of the same type. */
function comparedUnit({ a: { subject }, b }: TwoGroups): SegmentUnit {
  const unit = subject.unit === 'account' ? 'account' : 'person'
  if (b === null) return unit
  if (b.subject.unit !== subject.unit)
    throw new KindredError('segment/invalid', { path: 'b', reason: 'people are compared with people, accounts with accounts' })
  if (b.subject.accountType === subject.accountType) return unit
  throw new KindredError('segment/invalid', { path: 'b', reason: 'it holds accounts of another type than the first' })
}

/** Runs what is to be asked, as many at a time as the machine has cores to spare: others ask too. The answers in order. */
async function inLanes<Answer>(asked: readonly (() => Promise<Answer>)[]): Promise<Answer[]> {
  const answers: Answer[] = []
  const waiting = [...asked.entries()]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) answers[next[0]] = await next[1]()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return answers
}

async function ofValues({ parts, groups, sizes }: Asking, candidates: readonly Candidate[]): Promise<Told> {
  const kept = await withFewValues(parts, groups, candidates)
  if (kept.length === 0) return { differences: [] }
  const found = await valueShares(parts, listsOf(kept, groups), sizes)
  return {
    differences: found.flatMap(({ place, ...rest }) =>
      kept.slice(place, place + 1).map(({ name, label }) => ({ kind: 'value' as const, name, label, ...rest })),
    ),
  }
}

function listsOf(candidates: readonly Candidate[], groups: Asking['groups']): GroupRows {
  return propertyRows(
    candidates.map(({ name }) => personProperty(name, groups.context).list),
    groups,
  )
}

/**
 * Those worth counting. What is different of nearly everyone, such as an address, tells no groups apart and would be dear to count: the project's own properties
 * are looked at first. Standard fields are known to have few values.
 */
async function withFewValues({ store }: CompareParts, groups: Asking['groups'], candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
  const own = candidates.filter(({ name }) => standardFieldNamed(name) === undefined)
  if (own.length === 0) return candidates
  const [row] = await store.query<{ counts: string[] }>(render(distinctValuesSql(listsOf(own, groups))))
  const many = new Set(own.filter((_, place) => Number(row?.counts[place] ?? 0) > mostDistinct))
  return candidates.filter((each) => !many.has(each))
}

async function ofEvents({ parts, groups, sizes }: Asking): Promise<Told> {
  const { now } = groups.context
  const rows = await parts.store.query<{ event: string; a: string; b: string }>(
    render(doersSql(groups, { from: now - eventDays * 86_400_000 + 1, to: now }, shownEvents)),
  )
  return { differences: rows.map(({ event, a, b }) => ({ kind: 'event', name: event, label: eventLabel(event), ...shares(sizes, { a, b }) })) }
}

async function ofNumbers({ parts, groups }: Asking, candidates: readonly Candidate[]): Promise<Told> {
  const numbers = candidates.map(({ name }) => personProperty(name, groups.context).number)
  const found = await meanDifferences(parts, propertyRows(numbers, groups))
  return {
    differences: found.flatMap(({ place, ...effect }) =>
      candidates.slice(place, place + 1).map(({ name, label }) => ({ kind: 'number' as const, name, label, ...effect })),
    ),
  }
}
