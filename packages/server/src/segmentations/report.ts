import {
  accountSubject,
  bind,
  join,
  type MaskRow,
  memberCountSql,
  overlapSql,
  overlapSumSql,
  type PlannedSegment,
  personProperty,
  personSubject,
  planDefinition,
  planSegment,
  render,
  type Subject,
  sql,
} from '@kindred/engine'
import {
  KindredError,
  type Project,
  type Segmentation,
  type SegmentationGroups,
  type SegmentationReport,
  type SegmentationSave,
  type SegmentDefinition,
} from '@kindred/model'
import { Temporal } from 'temporal-polyfill'
import { questionContext } from '../projects/question-context.ts'
import { reachSql } from '../segments/reach.ts'
import { allTraits } from '../traits/list-traits.ts'
import type { Asking, Counted, ReportParts } from './counted.ts'
import { type Combination, combinationsOf, has, pairsOf, refuseMixedUnits, sizeOf } from './overlap.ts'
import { revenueTotals } from './revenue.ts'
import { groupsByValue } from './value-groups.ts'
import { segmentationWarnings } from './warnings.ts'

/** Sizes, coverage and overlap of a segmentation, counted now, and what is the matter with it. Errors: those of the segments it names. */
export async function segmentationReport(parts: ReportParts, project: Project, { segmentation, signOffs }: Segmentation): Promise<SegmentationReport> {
  const watermark = parts.ingest.watermark()
  const context = await questionContext(parts, project)
  const asking = { parts, project, context }
  const { groups } = segmentation
  const counted = groups.by === 'segments' ? await countedSegments(asking, segmentation, groups) : await groupsByValue(asking, segmentation, groups)
  const scope = segmentation.scope.segment === null ? null : (context.segments.get(segmentation.scope.segment)?.name ?? '')
  const report = { ...counted, scope, known: await knownShares(asking, segmentation, counted.unit), watermark, at: context.now }
  const signed = signOffs.filter(({ current }) => current).length
  const today = Temporal.Instant.fromEpochMilliseconds(context.now).toZonedDateTimeISO(project.timezone).toPlainDate().toString()
  return { ...report, warnings: segmentationWarnings({ save: segmentation, report, signed, today }) }
}

type BySegments = Extract<SegmentationGroups, { by: 'segments' }>

async function countedSegments(asking: Asking, { scope }: SegmentationSave, groups: BySegments): Promise<Counted> {
  const { parts, context } = asking
  const inside = scope.segment === null ? undefined : planSegment(scope.segment, context)
  const planned = groups.segments.map(({ segment }) => planSegment(segment, context))
  const subjects = [...(inside === undefined ? [] : [inside]), ...planned]
  const subject = subjectOf(scope) ?? (subjects.find(({ subject: { accountType } }) => accountType !== undefined) ?? subjects[0])?.subject ?? personSubject
  const unit = subject.unit === 'account' ? 'account' : 'person'
  if (subjects.length === 0) return { unit, inScope: await countOf(subject, asking), covered: 0, overlapping: 0, groups: [], pairs: [] }
  refuseOthers(subjects, subject)
  const ofPeople = unit === 'person'
  const options = { context, scope: inside, subject, ...(ofPeople && { flag: reachSql('email', context).reachable }) }
  const [rows, revenue] = await Promise.all([
    parts.store.query<MaskRow>(render(overlapSql(planned, options))),
    ofPeople ? revenueByMask(asking, planned, inside) : null,
  ])
  return {
    unit,
    ...sorted(groups, { combinations: combinationsOf(rows), revenue, nameOf: (id) => context.segments.get(id)?.name ?? '' }),
  }
}

/** Whom the scope says; undefined where it says nothing of them. */
function subjectOf({ unit, accountType }: SegmentationSave['scope']): Subject | undefined {
  if (unit === undefined) return undefined
  return unit === 'account' ? accountSubject(accountType) : personSubject
}

/** A rule of one type of accounts would be asked of the others in vain; one of every type can be asked of those of one. */
function refuseOthers(segments: readonly PlannedSegment[], { unit, accountType }: Subject): void {
  refuseMixedUnits(segments)
  const isOther = ({ subject }: PlannedSegment) => subject.unit !== unit || (subject.accountType !== undefined && subject.accountType !== accountType)
  if (!segments.some(isOther)) return
  const whom = unit === 'person' ? 'people' : accountType === undefined ? 'accounts of every type' : `accounts of the type ${accountType}`
  throw new KindredError('segment/invalid', { path: 'segments', reason: `the segmentation is about ${whom}, and some of its segments are not` })
}

async function revenueByMask(
  { parts, context }: Asking,
  planned: Parameters<typeof overlapSumSql>[0],
  scope: Parameters<typeof overlapSql>[1]['scope'],
): Promise<Map<number, number> | null> {
  const totals = revenueTotals(context)
  if (totals === null) return null
  const rows = await parts.store.query<{ mask: string; total: number }>(render(overlapSumSql(planned, { context, scope, totals })))
  return new Map(rows.map(({ mask, total }) => [Number(mask), Number(total)]))
}

interface Masks {
  combinations: readonly Combination[]
  revenue: ReadonlyMap<number, number> | null
  nameOf: (id: number) => string
}

/** Each person to the first main segment that fits (to each that fits, where they may overlap), and below it to the first niche. */
function sorted({ segments, exclusive, everyoneElse }: BySegments, { combinations, revenue, nameOf }: Masks): Omit<Counted, 'unit'> {
  const ids = segments.map(({ segment }) => segment)
  const mains = segments.flatMap(({ mainSegment }, index) => (mainSegment === undefined ? [index] : []))
  const fits = (mask: number, among: readonly number[]) => among.filter((index) => has(mask, index))
  const belongs = (mask: number, index: number): boolean => {
    const main = segments[index]?.mainSegment
    const among = main === undefined ? mains : segments.flatMap((each, at) => (each.mainSegment === main ? [at] : []))
    const first = fits(mask, among)
    return (exclusive ? first[0] === index : first.includes(index)) && (main === undefined || belongs(mask, ids.indexOf(main)))
  }
  const total = (of: (mask: number) => boolean) => {
    const counted = combinations.filter(({ mask }) => of(mask))
    const sum = (read: (each: Combination) => number) => counted.reduce((all, each) => all + read(each), 0)
    return {
      own: sum(({ n }) => n),
      reachable: sum(({ flagged }) => flagged),
      revenue: revenue === null ? null : toCents(sum(({ mask }) => revenue.get(mask) ?? 0)),
    }
  }
  const inScope = combinations.reduce((sum, { n }) => sum + n, 0)
  const nobodys = total((mask) => fits(mask, mains).length === 0)
  return {
    inScope,
    covered: inScope - nobodys.own,
    overlapping: total((mask) => fits(mask, mains).length > 1).own,
    groups: [
      ...segments.map(({ segment, mainSegment }, index) => ({
        segment,
        name: nameOf(segment),
        mainSegment: mainSegment ?? null,
        size: sizeOf(combinations, index),
        ...total((mask) => belongs(mask, index)),
      })),
      { segment: null, name: everyoneElse, mainSegment: null, size: nobodys.own, ...nobodys },
    ],
    pairs: pairsOf(ids, combinations),
  }
}

function toCents(amount: number): number {
  return Math.round(amount * 100) / 100
}

async function countOf(subject: Subject, { parts, context }: Asking): Promise<number> {
  const [row] = await parts.store.query<{ n: string }>(render(sql`select count() as n ${subject.rows(context)}`))
  return Number(row?.n ?? 0)
}

/**
 * Of each planned variable that names its property, or a trait: the share of all people, or of all accounts, it is known of. A trait is asked where nobody has such
 * a property.
 */
async function knownShares(
  { parts, context }: Asking,
  { scope, variables }: SegmentationSave,
  unit: SegmentationReport['unit'],
): Promise<SegmentationReport['known']> {
  const named = variables.flatMap(({ name, property }) => (property === undefined ? [] : [{ name, property }]))
  if (named.length === 0) return variables.map(({ name }) => ({ name, share: null }))
  const counts = named.map(({ property }) => sql`countIf(ifNull(${personProperty(property, context).exists}, 0))`)
  const [row] = await parts.store.query<{ everyone: string; counts: string[] }>(
    render(
      sql`select greatest(count(), ${bind('UInt64', 1)}) as everyone, [${join(counts, ', ')}] as counts ${(unit === 'account' ? accountSubject(scope.accountType) : personSubject).rows(context)}`,
    ),
  )
  const known = new Map(named.map(({ property }, index) => [property, Number(row?.counts[index] ?? 0)]))
  for (const [property, count] of known)
    if (count === 0)
      known.set(property, await knownOfTrait({ parts, context }, { unit, accountType: scope.accountType, where: { trait: property, exists: true } }))
  return variables.map(({ name, property }) => ({ name, share: property === undefined ? null : (known.get(property) ?? 0) / Number(row?.everyone ?? 1) }))
}

/** How many people, or accounts, have a value of a trait; 0 where there is none of this name. */
async function knownOfTrait({ parts, context }: Pick<Asking, 'parts' | 'context'>, has: SegmentDefinition & { where: { trait: string } }): Promise<number> {
  if (allTraits(context).get(has.where.trait)?.definition.unit !== has.unit) return 0
  const planned = planDefinition(has, context)
  const [row] = await parts.store.query<{ members: string }>(render(memberCountSql(planned, context)))
  return Number(row?.members ?? 0)
}
