import {
  type CompileContext,
  distinctValuesSql,
  doersSql,
  groupSizesSql,
  numberSummariesSql,
  personProperty,
  planSegment,
  raw,
  render,
  type Sql,
  type TwoGroups,
  valueCountsSql,
} from '@kindred/engine'
import { eventLabel, KindredError, type Project, type SegmentComparison, type SegmentDifference, type SegmentUnit, standardFieldNamed } from '@kindred/model'
import { cohensH, differenceOfMeans, differenceOfShares, hedgesG } from '@kindred/science'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { comparedAccountProperties } from './compared-account-properties.ts'
import { type Candidate, comparedProperties } from './compared-properties.ts'

type CompareParts = Pick<Parts, 'catalog' | 'clock' | 'ingest' | 'store'>
type Groups = TwoGroups & { context: CompileContext }

interface Asking {
  parts: CompareParts
  project: Project
  groups: Groups
  sizes: { a: number; b: number }
}

const eventDays = 90
/** A statement over many properties takes the store longer to read than to answer. */
const propertiesAtOnce = 6
const lanes = 2
/** Members that are named in each statement instead of the rule. */
const mostKnown = 50_000
const mostDistinct = 500
const shownValues = 400
const shownEvents = 200
const shownDifferences = 100

/**
 * What sets the people, or the accounts, of one segment apart from those of another, or from everybody else: values of properties, events of the last 90 days and numbers,
 * by the size of the effect. Errors: `segment/not-found`, `segment/invalid` for two that do not hold the same.
 */
export async function compareSegments(parts: CompareParts, project: Project, asked: { a: number; b?: number | undefined }): Promise<SegmentComparison> {
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const groups = { a: planSegment(asked.a, context), b: asked.b === undefined ? null : planSegment(asked.b, context), context }
  const unit = comparedUnit(groups)
  const [row] = await parts.store.query<{ a: string; b: string; known: string[] }>(render(groupSizesSql(groups, mostKnown)))
  const sizes = { a: Number(row?.a ?? 0), b: Number(row?.b ?? 0) }
  const known = sizes.a <= mostKnown ? (row?.known ?? []).map(Number) : undefined
  const asking = { parts, project, groups: { ...groups, known }, sizes }
  const candidates = await (unit === 'person' ? comparedProperties(parts, project) : comparedAccountProperties(parts, project))
  const [values, numbers] = (['values', 'number'] as const).map((wanted) => inChunks(candidates.filter(({ type }) => type === wanted)))
  const found = await inLanes([
    () => ofEvents(asking),
    ...(values ?? []).map((some) => () => ofValues(asking, some)),
    ...(numbers ?? []).map((some) => () => ofNumbers(asking, some)),
  ])
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
    watermark,
    at: context.now,
  }
}

const restWords: Readonly<Record<SegmentUnit, string>> = { person: 'Everyone else', account: 'All other accounts' }

/** People are compared with people, and accounts with accounts of the same type. */
function comparedUnit({ a: { subject }, b }: TwoGroups): SegmentUnit {
  const unit = subject.unit === 'account' ? 'account' : 'person'
  if (b === null) return unit
  if (b.subject.unit !== subject.unit)
    throw new KindredError('segment/invalid', { path: 'b', reason: 'people are compared with people, accounts with accounts' })
  if (b.subject.accountType === subject.accountType) return unit
  throw new KindredError('segment/invalid', { path: 'b', reason: 'it holds accounts of another type than the first' })
}

/** Runs what is to be asked, as many at a time as the machine has cores to spare: others ask too. The answers in one list, in order. */
async function inLanes(asked: readonly (() => Promise<SegmentDifference[]>)[]): Promise<SegmentDifference[]> {
  const answers: SegmentDifference[][] = []
  const waiting = [...asked.entries()]
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) answers[next[0]] = await next[1]()
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return answers.flat()
}

/** Shares are of everybody in the group, those of whom the property is not known among them. */
async function ofValues({ parts, project, groups, sizes }: Asking, candidates: readonly Candidate[]): Promise<SegmentDifference[]> {
  const at = { now: groups.context.now, timezone: project.timezone }
  const lists = candidates.map(({ name }) => personProperty(name, at).list)
  const kept = await withFewValues(parts, groups, { candidates, lists })
  if (kept.length === 0) return []
  const statement = valueCountsSql(
    kept.map((index) => lists[index] ?? raw('[]')),
    groups,
    { limit: shownValues, distinct: mostDistinct },
  )
  const rows = await parts.store.query<{ place: number; value: string; a: string; b: string }>(render(statement))
  return rows.flatMap(({ place, value, a, b }) => {
    const candidate = candidates[kept[place] ?? -1]
    return candidate === undefined ? [] : [{ kind: 'value' as const, value, name: candidate.name, label: candidate.label, ...shares(sizes, { a, b }) }]
  })
}

/**
 * Places of the lists worth counting. What is different of nearly everyone, such as an address, tells no groups apart and would be dear to count: the project's own properties
 * are looked at first. Standard fields are known to have few values.
 */
async function withFewValues(
  { store }: CompareParts,
  groups: Groups,
  { candidates, lists }: { candidates: readonly Candidate[]; lists: readonly Sql[] },
): Promise<number[]> {
  const places = [...candidates.keys()]
  const own = places.filter((place) => standardFieldNamed(candidates[place]?.name ?? '') === undefined)
  if (own.length === 0) return places
  const asked = own.map((place) => lists[place] ?? raw('[]'))
  const [row] = await store.query<{ counts: string[] }>(render(distinctValuesSql(asked, groups)))
  const many = new Set(own.filter((_, index) => Number(row?.counts[index] ?? 0) > mostDistinct))
  return places.filter((place) => !many.has(place))
}

async function ofEvents({ parts, groups, sizes }: Asking): Promise<SegmentDifference[]> {
  const { now } = groups.context
  const rows = await parts.store.query<{ event: string; a: string; b: string }>(
    render(doersSql(groups, { from: now - eventDays * 86_400_000 + 1, to: now }, shownEvents)),
  )
  return rows.map(({ event, a, b }) => ({ kind: 'event', name: event, label: eventLabel(event), ...shares(sizes, { a, b }) }))
}

function shares(sizes: Asking['sizes'], counts: { a: string; b: string }) {
  const [a, b] = [
    { count: Number(counts.a), n: sizes.a },
    { count: Number(counts.b), n: sizes.b },
  ]
  const share = ({ count, n }: typeof a) => (n === 0 ? 0 : count / n)
  return { a: share(a), b: share(b), ...differenceOfShares(a, b), effect: cohensH(share(a), share(b)) }
}

type Summary = [n: string, mean: number, variance: number]

async function ofNumbers({ parts, project, groups }: Asking, candidates: readonly Candidate[]): Promise<SegmentDifference[]> {
  const at = { now: groups.context.now, timezone: project.timezone }
  const numbers = candidates.map(({ name }) => personProperty(name, at).number)
  const [row] = await parts.store.query<{ a: Summary[]; b: Summary[] }>(render(numberSummariesSql(numbers, groups)))
  return candidates.flatMap(({ name, label }, index) => {
    const [a, b] = [sampleOf(row?.a[index]), sampleOf(row?.b[index])]
    return a.n > 1 && b.n > 1 ? [{ kind: 'number' as const, name, label, a: a.mean, b: b.mean, ...differenceOfMeans(a, b), effect: hedgesG(a, b) }] : []
  })
}

function sampleOf([n, mean, variance]: Summary = ['0', 0, 0]): { n: number; mean: number; variance: number } {
  return { n: Number(n), mean: Number(mean), variance: Number(variance) }
}

function inChunks(candidates: readonly Candidate[]): Candidate[][] {
  const length = Math.ceil(candidates.length / propertiesAtOnce)
  return Array.from({ length }, (_, index) => candidates.slice(index * propertiesAtOnce, (index + 1) * propertiesAtOnce))
}
