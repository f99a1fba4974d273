import {
  type CompileContext,
  distinctValuesSql,
  doersSql,
  groupSizesSql,
  numberSummariesSql,
  personProperty,
  planSegment,
  render,
  type TwoGroups,
  valueCountsSql,
} from '@kindred/engine'
import { eventLabel, KindredError, type Project, type SegmentComparison, type SegmentDifference } from '@kindred/model'
import { cohensH, differenceOfMeans, differenceOfShares, hedgesG } from '@kindred/science'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
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
/** Each statement asks anew who is in the groups; one over too many properties takes the store longer to read than to answer. */
const propertiesAtOnce = 12
const mostDistinct = 500
const shownValues = 400
const shownEvents = 200
const shownDifferences = 100

/**
 * What sets the people of one segment apart from those of another, or from everybody else: values of properties, events of the last 90 days and numbers, by the size of
 * the effect. Errors: `segment/not-found`, `segment/invalid` for segments of accounts.
 */
export async function compareSegments(parts: CompareParts, project: Project, asked: { a: number; b?: number | undefined }): Promise<SegmentComparison> {
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const groups = { a: planSegment(asked.a, context), b: asked.b === undefined ? null : planSegment(asked.b, context), context }
  if (groups.a.subject.unit !== 'person' || (groups.b !== null && groups.b.subject.unit !== 'person')) {
    throw new KindredError('segment/invalid', { path: 'a', reason: 'segments of accounts are not compared yet: compare segments of their people' })
  }
  const [sizeRow] = await parts.store.query<{ a: string; b: string }>(render(groupSizesSql(groups)))
  const sizes = { a: Number(sizeRow?.a ?? 0), b: Number(sizeRow?.b ?? 0) }
  const asking = { parts, project, groups, sizes }
  const candidates = await comparedProperties(parts, project)
  const of = (type: Candidate['type']) => candidates.filter((candidate) => candidate.type === type)
  const found = await together([
    ...inChunks(of('values'), propertiesAtOnce).map((some) => () => ofValues(asking, some)),
    ...inChunks(of('number'), propertiesAtOnce).map((some) => () => ofNumbers(asking, some)),
    () => ofEvents(asking),
  ])
  const nameOf = (id: number) => context.segments.get(id)?.name ?? ''
  return {
    a: { id: asked.a, name: nameOf(asked.a), size: sizes.a },
    b: { id: asked.b ?? null, name: asked.b === undefined ? 'Everyone else' : nameOf(asked.b), size: sizes.b },
    differences: found
      .filter(({ low, high }) => low > 0 || high < 0)
      .sort((one, other) => Math.abs(other.effect) - Math.abs(one.effect))
      .slice(0, shownDifferences),
    examined: found.length,
    watermark,
    at: context.now,
  }
}

/** Two statements at a time: most of their time goes into reading them, which takes one core; the rest of the store stays free for others. */
async function together(questions: readonly (() => Promise<SegmentDifference[]>)[]): Promise<SegmentDifference[]> {
  const waiting = [...questions]
  const found: SegmentDifference[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) found.push(...(await next()))
  }
  await Promise.all([work(), work()])
  return found
}

/** Shares are of everybody in the group, those of whom the property is not known among them. */
async function ofValues({ parts, project, groups, sizes }: Asking, candidates: readonly Candidate[]): Promise<SegmentDifference[]> {
  const at = { now: groups.context.now, timezone: project.timezone }
  const listOf = ({ name }: Candidate) => personProperty(name, at).list
  const doubtful = candidates.filter(({ ofKinds }) => !ofKinds)
  const [row] = doubtful.length === 0 ? [] : await parts.store.query<{ counts: string[] }>(render(distinctValuesSql(doubtful.map(listOf), groups)))
  // What is different of nearly everyone, such as an address, tells no groups apart, and is not counted value by value.
  const kept = candidates.filter((each) => each.ofKinds || Number(row?.counts[doubtful.indexOf(each)] ?? 0) <= mostDistinct)
  if (kept.length === 0) return []
  const statement = valueCountsSql(kept.map(listOf), groups, { limit: shownValues, mostDistinct })
  const rows = await parts.store.query<{ place: number; value: string; a: string; b: string }>(render(statement))
  return rows.flatMap(({ place, value, a, b }) => {
    const candidate = kept[place]
    return candidate === undefined ? [] : [{ kind: 'value' as const, value, name: candidate.name, label: candidate.label, ...shares(sizes, { a, b }) }]
  })
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
    if (a.n <= 1 || b.n <= 1) return []
    return [{ kind: 'number' as const, name, label, a: a.mean, b: b.mean, ...differenceOfMeans(a, b), effect: hedgesG(a, b) }]
  })
}

function sampleOf([n, mean, variance]: Summary = ['0', 0, 0]): { n: number; mean: number; variance: number } {
  return { n: Number(n), mean: Number(mean), variance: Number(variance) }
}

function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
}
