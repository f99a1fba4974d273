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
/** A statement over many properties takes the store longer to read than to answer. */
const propertiesAtOnce = 6
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
  const found = [
    ...(await ofValues(
      asking,
      candidates.filter(({ type }) => type === 'values'),
    )),
    ...(await ofNumbers(
      asking,
      candidates.filter(({ type }) => type === 'number'),
    )),
    ...(await ofEvents(asking)),
  ]
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

/** Shares are of everybody in the group, those of whom the property is not known among them. */
async function ofValues({ parts, project, groups, sizes }: Asking, candidates: readonly Candidate[]): Promise<SegmentDifference[]> {
  const at = { now: groups.context.now, timezone: project.timezone }
  const found: SegmentDifference[] = []
  for (const some of inChunks(candidates, propertiesAtOnce)) {
    const lists = some.map(({ name }) => personProperty(name, at).list)
    const [row] = await parts.store.query<{ counts: string[] }>(render(distinctValuesSql(lists, groups)))
    // What is different of nearly everyone, such as an address, tells no groups apart.
    const kept = some.filter((_, index) => Number(row?.counts[index] ?? 0) <= mostDistinct)
    if (kept.length === 0) continue
    const statement = valueCountsSql(
      kept.map(({ name }) => personProperty(name, at).list),
      groups,
      shownValues,
    )
    const rows = await parts.store.query<{ place: number; value: string; a: string; b: string }>(render(statement))
    for (const { place, value, a, b } of rows) {
      const candidate = kept[place]
      if (candidate !== undefined) found.push({ kind: 'value', value, name: candidate.name, label: candidate.label, ...shares(sizes, { a, b }) })
    }
  }
  return found
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
  const found: SegmentDifference[] = []
  for (const some of inChunks(candidates, propertiesAtOnce)) {
    const numbers = some.map(({ name }) => personProperty(name, at).number)
    const [row] = await parts.store.query<{ a: Summary[]; b: Summary[] }>(render(numberSummariesSql(numbers, groups)))
    some.forEach(({ name, label }, index) => {
      const [a, b] = [sampleOf(row?.a[index]), sampleOf(row?.b[index])]
      if (a.n > 1 && b.n > 1) found.push({ kind: 'number', name, label, a: a.mean, b: b.mean, ...differenceOfMeans(a, b), effect: hedgesG(a, b) })
    })
  }
  return found
}

function sampleOf([n, mean, variance]: Summary = ['0', 0, 0]): { n: number; mean: number; variance: number } {
  return { n: Number(n), mean: Number(mean), variance: Number(variance) }
}

function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))
}
