import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { type Absence, type DoneStep, type Length, mask, type SequenceSteps } from './steps.ts'

/**
 * Rows `id` of all whose events contain the sequence, not each once. `rows`: one row for each subject (and each choice of shared values and, where
 * `anchored`, of the first event), `id`, `times` (Array(Int64), rising), `bits` (Array(UInt32), which steps the event at that place may be), and, where
 * anchored, `first` (Int64, the time of the first event).
 *
 * One pass over the arrays for each step that is done: `reached` marks the events with which a chain of the steps so far can end. Of all the
 * events that a chain could go on from the latest is taken, because it is never the worse one:
 * - `within` after the step before, and absences that last until the next step, leave a stretch of time that ends with the event in hand;
 * - `within` after the first step asks for a first event as late as possible, and a later event never has an earlier one (where that does not hold, the
 *   first event is a given: `anchored`);
 * - an absence of a certain length holds either because it was over (`free`), or because nothing has happened yet: the latest event of each sort is carried.
 */
export function chainSql(rows: Sql, { done, strict, anchored, now }: SequenceSteps): Sql {
  const track = !anchored && done.some(({ within }) => within?.after === 'first')
  const kept = anchored ? raw('id, times, bits, first') : raw('id, times, bits')
  const [head, ...rest] = done
  if (head === undefined) throw new Error('a sequence has a first step')
  let chain = sql`select ${kept}, arrayMap(b -> bitTest(b, ${raw(String(head.place))}), bits) as reached_1${raw(track ? ', times as first_1' : '')} from (${rows})`
  rest.forEach((step, index) => {
    const number = index + 2
    const before = done[index]
    if (before === undefined) return
    const names = { reached: raw(`reached_${number - 1}`), first: raw(`first_${number - 1}`) }
    const tracked = track
      ? sql`, ${carried(sql`arrayMap((f, r) -> if(r, f, ${none}), ${names.first}, ${names.reached})`, resetMask(before), strict)} as first_${raw(String(number))}`
      : raw('')
    const next = reachedSql(step, { before, reached: names.reached, strict, first: firstOf(number, track) })
    chain = sql`select ${kept}${tracked}, ${next} as reached_${raw(String(number))} from (${chain})`
  })
  return sql`select id from (${chain}) where ${endSql(done.at(-1) ?? head, raw(`reached_${done.length}`), now)}`
}

/** No event: times are never negative. */
const none = raw('toInt64(-1)')

/** The time of the first event: tracked along each chain, or given. */
function firstOf(number: number, track: boolean): { array: Sql } | { given: Sql } {
  return track ? { array: raw(`first_${number}`) } : { given: raw('first') }
}

interface Before {
  before: DoneStep
  reached: Sql
  strict: boolean
  first: { array: Sql } | { given: Sql }
}

/** Array(UInt8): the events with which this step can end a chain. */
function reachedSql({ place, within }: DoneStep, { before, reached, strict, first }: Before): Sql {
  const lasting = before.absences.filter(({ length }) => length !== null)
  const sorts = subsets(lasting).map((free) => {
    const conditions = free.map((absence) => freeSql(absence, raw(nextName(lasting.indexOf(absence)))))
    const names = free.map((absence) => nextName(lasting.indexOf(absence)))
    const arrays = free.map((absence) => nextSql(absence))
    const source = sql`arrayMap((${join(['t', 'r', ...names].map(raw), ', ')}) -> if(${join([raw('r'), ...conditions], ' and ')}, t, ${none}), ${join([raw('times'), reached, ...arrays], ', ')})`
    return carried(source, resetMask(before) + mask(lasting.filter((absence) => !free.includes(absence)).flatMap(({ places }) => places)), strict)
  })
  const [only] = sorts
  const variables = sorts.map((_, index) => raw(`c${index}`))
  const latest =
    sorts.length === 1 && only !== undefined ? only : sql`arrayMap((${join(variables, ', ')}) -> greatest(${join(variables, ', ')}), ${join(sorts, ', ')})`
  const conditions = [sql`bitTest(b, ${raw(String(place))})`, raw('c >= 0')]
  const tracked = 'array' in first && within?.after === 'first'
  if (within?.after === 'previous') conditions.push(sql`t - c <= ${bind('Int64', within.milliseconds)}`)
  if (within?.after === 'first') conditions.push(sql`t - ${'array' in first ? raw('f') : first.given} <= ${bind('Int64', within.milliseconds)}`)
  const [parameter, array] = tracked ? [raw(', f'), sql`, ${first.array}`] : [raw(''), raw('')]
  return sql`arrayMap((b, t, c${parameter}) -> ${join(conditions, ' and ')}, bits, times, ${latest}${array})`
}

/** Of each event the value of the last one before it that has one (−1: has none), forgotten at the events of `reset`; where strict, of the one right before it. */
function carried(source: Sql, reset: number, strict: boolean): Sql {
  if (strict) return sql`arrayShiftRight(${source}, 1, ${none})`
  const filled =
    reset === 0 ? sql`arrayFill(v -> v >= 0, ${source})` : sql`arrayFill((v, b) -> v >= 0 or bitAnd(b, ${raw(String(reset))}) != 0, ${source}, bits)`
  return sql`arrayShiftRight(${filled}, 1, ${none})`
}

/** What must not happen all the way to the next step. */
function resetMask({ absences }: DoneStep): number {
  return mask(absences.filter(({ length }) => length === null).flatMap(({ places }) => places))
}

/** Array(Int64): of each event the time of the next one after it that an absence forbids; −1 where there is none. */
function nextSql({ places }: Absence): Sql {
  const source = sql`arrayMap((t, b) -> if(bitAnd(b, ${raw(String(mask(places)))}) != 0, t, ${none}), times, bits)`
  return sql`arrayShiftLeft(arrayReverseFill(v -> v >= 0, ${source}), 1, ${none})`
}

function nextName(index: number): string {
  return `n${index}`
}

/** The next forbidden event comes when the length of time is over. */
function freeSql({ length }: Absence, next: Sql): Sql {
  return length === null ? sql`${next} < 0` : sql`(${next} < 0 or ${next} > ${startOf(length)} + ${bind('Int64', length.milliseconds)})`
}

function startOf({ after }: Length): Sql {
  return raw(after === 'first' ? 'first' : 't')
}

/** UInt8: some chain is whole, and what must be absent after it was. */
function endSql({ absences }: DoneStep, reached: Sql, now: number): Sql {
  if (absences.length === 0) return sql`has(${reached}, 1)`
  const conditions = absences.flatMap((absence, index) => {
    const free = freeSql(absence, raw(nextName(index)))
    const { length } = absence
    return length === null ? [free] : [sql`${startOf(length)} + ${bind('Int64', length.milliseconds)} <= ${bind('Int64', now)}`, free]
  })
  const names = ['r', 't', ...absences.map((_, index) => nextName(index))].map(raw)
  return sql`arrayExists((${join(names, ', ')}) -> ${join([raw('r'), ...conditions], ' and ')}, ${join([reached, raw('times'), ...absences.map(nextSql)], ', ')})`
}

function subsets<T>(of: readonly T[]): T[][] {
  return of.reduce<T[][]>((all, each) => all.concat(all.map((subset) => subset.concat([each]))), [[]])
}
