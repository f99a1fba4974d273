import type { SequencePlan } from '../condition/sequence.ts'
import type { MemberContext } from '../segment/plan-definition.ts'
import { type Sql, sql } from '../sql.ts'
import type { Subject } from '../subject.ts'
import { livedSubject } from '../zone/lived-in.ts'
import { isLocal } from '../zone/when.ts'
import { sequenceRows } from './rows.ts'
import { type Absence, type DoneStep, mask, type SequenceSteps } from './steps.ts'

/** A row of `chainRowsSql`, as `chainSql` reads it: events in their order, each with its time, its log position and the steps it may be. Numbers come as text. */
export interface ChainRow {
  id: string
  times: string[]
  places: string[]
  bits: number[]
  /** The time of the first event, where it is a given. */
  first?: string
}

/** Rows `id`, `times`, `places`, `bits` and, where it is a given, `first`: what a chain is looked for in, several for each person where values are shared. */
export function chainRowsSql(plan: SequencePlan, { context, subject: own }: { context: MemberContext; subject: Subject }): Sql {
  const subject = isLocal(plan.when) ? livedSubject(own, [plan.when], plan.timezone) : own
  return sql`select * from (${sequenceRows(plan, { context, subject, part: () => sql`0`, ids: () => null })})`
}

/** With more events than this a chain is not looked for: it is for showing alone. */
const mostEvents = 5000

/** The places in the row of the events that meet a sequence, one for each step that is done, those that begin latest; null where none do. */
export function matchedChain(steps: SequenceSteps, row: ChainRow): number[] | null {
  if (row.times.length > mostEvents) return null
  return new Search(steps, row).found()
}

/** Tries choices of events step by step; what was tried in vain is not tried again. */
class Search {
  readonly #steps: SequenceSteps
  readonly #times: readonly number[]
  readonly #bits: readonly number[]
  readonly #given: number | undefined
  readonly #vain = new Set<string>()

  constructor(steps: SequenceSteps, { times, bits, first }: ChainRow) {
    this.#steps = steps
    this.#times = times.map(Number)
    this.#bits = bits
    this.#given = first === undefined ? undefined : Number(first)
  }

  found(): number[] | null {
    const [head] = this.#steps.done
    for (let at = this.#times.length - 1; head !== undefined && at >= 0; at--) {
      if (!this.#is(at, [head.place])) continue
      const rest = this.#after(0, at, this.#given ?? this.#time(at))
      if (rest !== null) return [at, ...rest]
    }
    return null
  }

  /** What follows the event at `at`, which is the step number `index`; `first` is the time of the first event. */
  #after(index: number, at: number, first: number): number[] | null {
    const { done, strict } = this.#steps
    const step = done[index]
    const next = done[index + 1]
    if (step === undefined) return null
    if (next === undefined) return this.#ends(step, at, first) ? [] : null
    const key = `${index} ${at} ${first}`
    if (this.#vain.has(key)) return null
    const last = strict ? at + 1 : this.#times.length - 1
    for (let to = at + 1; to <= last && to < this.#times.length; to++) {
      if (!this.#follows({ step, next, at, to, first })) continue
      const rest = this.#after(index + 1, to, first)
      if (rest !== null) return [to, ...rest]
    }
    this.#vain.add(key)
    return null
  }

  #follows({ step, next, at, to, first }: { step: DoneStep; next: DoneStep; at: number; to: number; first: number }): boolean {
    if (!this.#is(to, [next.place])) return false
    const { within } = next
    const from = within?.after === 'first' ? first : this.#time(at)
    if (within !== null && this.#time(to) - from > within.milliseconds) return false
    return step.absences.every((absence) => this.#staysAway(absence, { at, to, first }))
  }

  /** What must be absent after the last step was, and for long enough. */
  #ends({ absences }: DoneStep, at: number, first: number): boolean {
    const { now } = this.#steps
    return absences.every((absence) => {
      const isOver = absence.length === null || (absence.length.after === 'first' ? first : this.#time(at)) + absence.length.milliseconds <= now
      return isOver && this.#staysAway(absence, { at, to: this.#times.length, first })
    })
  }

  #staysAway({ places, length }: Absence, { at, to, first }: { at: number; to: number; first: number }): boolean {
    const until = length === null ? Number.POSITIVE_INFINITY : (length.after === 'first' ? first : this.#time(at)) + length.milliseconds
    for (let between = at + 1; between < to; between++) if (this.#time(between) <= until && this.#is(between, places)) return false
    return true
  }

  #time(at: number): number {
    return this.#times[at] ?? 0
  }

  /** Whether the event may be one of the steps. */
  #is(at: number, places: readonly number[]): boolean {
    return ((this.#bits[at] ?? 0) & mask(places)) !== 0
  }
}
