import { conditionIds, conditionSql, metFrom } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { numberOfOthers } from './bitmaps.ts'
import { passesOf, passOver } from './one-pass.ts'
import type { MemberContext, PlannedSegment } from './plan-definition.ts'
import { memberColumn } from './recorded.ts'

/** A group says the names of its parts again: beyond this many the statement would be long. */
const mostAtOnce = 12

/** Subjects, a row each, in which every condition that holds no others is answered. */
interface Answers {
  readonly leaves: readonly { readonly plan: Plan; readonly met: Sql }[]
  readonly id: Sql
  /** `from …` and whatever follows it. */
  readonly from: Sql
  /** Who has no row meets these leaves; null: everyone has one. */
  readonly others: ReadonlySet<Plan> | null
}

/**
 * What `previewSql` answers, where one statement answers every condition: a row after another, since to put them into bitmaps would take half as long again.
 * Null where it takes several. Each condition is asked once, and named by whatever holds it.
 */
export function previewOfRows(
  { plan, subject }: PlannedSegment,
  { clauses, samples, context }: { clauses: readonly Plan[]; samples: number; context: MemberContext },
): Sql | null {
  const answers = clauses.length > mostAtOnce ? null : answersOf(plan, { context, subject })
  if (answers === null) return null
  const { others } = answers
  const ofOthers = [plan, ...clauses].map((each) => (others === null ? false : metFrom(each, (leaf) => others.has(leaf))))
  const [othersAreMembers, ...othersMeet] = ofOthers
  // Members without a row could not be shown, and some without one be chosen by hand.
  if (othersAreMembers !== false || othersMeet.includes(null)) return null

  const known = new Map(answers.leaves.map((leaf, index) => [leaf.plan, name('own', index)]))
  const met = (each: Plan) => sql`toUInt8(${conditionSql(each, { context, subject, known })})`
  const own = answers.leaves.map((leaf, index) => sql`, toUInt8(${leaf.met}) as ${name('own', index)}`)
  const rows = sql`select id as ${memberColumn(subject.unit)}, * from (select ${answers.id} as id${join(own, '')} ${answers.from})`
  const answered = sql`select id, ${met(plan)} as member${join(
    clauses.map((each, index) => sql`, ${met(each)} as ${name('met', index)}`),
    '',
  )} from (${rows}) as p`
  const counts = clauses.map((_, index) => sql`countIf(${name('met', index)})`)
  const counted = sql`select count() as present, countIf(member) as members, [${join(counts, ', ')}] as kept, ${lowestSql(clauses.length, samples)} as lowest from (${answered})`
  const everyone =
    others === null
      ? sql`(select *, present as everyone from (${counted}))`
      : sql`(${counted}) as of_rows cross join (select count() as everyone ${subject.rows(context)}) as of_all`
  const kept = othersMeet.map(
    (isMet, index) => sql`kept[${raw(String(index + 1))}]${isMet === true ? sql` + ${numberOfOthers(raw('everyone'), raw('present'))}` : raw('')}`,
  )
  return sql`select everyone, members, [${join(kept, ', ')}] as counts, ${sampleSql(clauses.length)} as sample from ${everyone}`
}

/** The subject's own row, or one pass over events; null where neither is enough. */
function answersOf(plan: Plan, asking: Pick<Compiling, 'context' | 'subject'>): Answers | null {
  const { context, subject } = asking
  const { passes, others } = passesOf(plan)
  const [pass, ...more] = passes
  if (pass === undefined) {
    const isOwn = others.every((each) => conditionIds(each, asking) === null)
    const leaves = others.map((each) => ({ plan: each, met: conditionSql(each, asking) }))
    return isOwn ? { leaves, id: subject.id, from: subject.rows(context), others: null } : null
  }
  // Of accounts, those with events may not be there any more.
  if (more.length > 0 || others.length > 0 || subject.unit !== 'person') return null
  const { id, from, met } = passOver(pass, asking)
  const leaves = pass.map((leaf, index) => ({ plan: leaf.plan, met: met[index] ?? raw('0') }))
  const none = new Set(pass.filter(({ numbers }) => numbers.includesNone).map((leaf) => leaf.plan))
  return { leaves, id, from: sql`${from} group by id`, others: none }
}

/**
 * The lowest ids of members, each above a bit for every clause it meets: numbers are sorted in a third of the time that tuples take. Ids are given one after
 * another, so that the bits above these are never needed.
 */
function lowestSql(clauses: number, samples: number): Sql {
  const bits = Array.from({ length: clauses }, (_, index) => sql`${name('met', index)} * ${raw(String(2 ** index))}`)
  return sql`groupArraySortedIf(${raw(String(samples))})(bitShiftLeft(id, ${raw(String(mostAtOnce))}) + ${join(bits, ' + ')}, member)`
}

/** Those as the ids and an array each. */
function sampleSql(clauses: number): Sql {
  return sql`arrayMap(each -> (bitShiftRight(each, ${raw(String(mostAtOnce))}), arrayMap(place -> toUInt8(bitTest(each, place)), range(${raw(String(clauses))}))), lowest)`
}

function name(what: 'own' | 'met', index: number): Sql {
  return raw(`${what}_${index}`)
}
