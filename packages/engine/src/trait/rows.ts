import type { Compiling } from '../condition/reading.ts'
import type { CompileContext } from '../context.ts'
import { exactSum } from '../measure.ts'
import { personProperty } from '../property.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import { memberSubject } from '../subject.ts'
import { formulaNumber, formulaSql } from './formula-value.ts'
import { joinedPass, type Measured, measured, type Pass, toldBy, withAllIds } from './passes.ts'
import type { EventMeasurePlan, PeopleMeasurePlan, TraitPlan, TraitValuePlan } from './plan.ts'

/** What each subject's value of a trait is. */
export interface TraitRows {
  /**
   * Columns `id`, `value` (Nullable(Float64) of a number, Nullable(String) of a text, Nullable(Int64) of a date, Array(String) of a list) and `told`,
   * UInt8: the value is told by something, rather than being the zero of those without any event.
   */
  readonly statement: Sql
  /** Whether every subject has a row; where not, the value of the others is `absent`. */
  readonly ofEverybody: boolean
  readonly absent: number | null
}

/** The values of a trait for all subjects, of several events in one pass over them; null where nobody has any. */
export function traitRows({ value }: TraitPlan, compiling: Compiling): TraitRows | null {
  if (value.is === 'nothing') return null
  const parts = new Parts()
  const printed = parts.print(value, compiling)
  const absent = absentValue(value)
  if (!parts.needsEverybody) return { statement: fromEvents(parts, printed, compiling), ofEverybody: false, absent }
  return { statement: fromEverybody(parts, printed, compiling), ofEverybody: true, absent: null }
}

/** What the values of traits are read from, each thing once: measures of events, measures of people, and what the subject's own row says. */
export class Parts {
  readonly events: EventMeasurePlan[] = []
  readonly people: PeopleMeasurePlan[] = []
  readonly own: Sql[] = []
  #measured: Measured | undefined
  /** Whether the conditions of labels are answered beside the subject's own row. */
  readonly #labelsBeside: boolean

  constructor({ labelsBeside = false }: { labelsBeside?: boolean } = {}) {
    this.#labelsBeside = labelsBeside
  }

  get needsEverybody(): boolean {
    return this.own.length > 0 || this.people.length > 0
  }

  /** The value in terms of the columns of the parts. */
  print(value: TraitValuePlan, compiling: Compiling): () => Sql {
    switch (value.is) {
      case 'events': {
        const index = this.#indexOf(this.events, value.measure)
        return () => this.#eventValue(index)
      }
      case 'people': {
        const index = this.#indexOf(this.people, value.measure)
        return () => raw(`people_${index}`)
      }
      case 'property': {
        const index = this.own.push(personProperty(value.key, { ...value, personNames: compiling.context.personNames }).number) - 1
        return () => raw(`own_${index}`)
      }
      case 'labels': {
        const chosen = value.first.map(({ label, where }) => sql`${compiling.part(where)}, ${bind('String', label)}`)
        const otherwise = value.otherwise === null ? raw('null') : bind('String', value.otherwise)
        const label = sql`cast(multiIf(${join(chosen, ', ')}, ${otherwise}) as Nullable(String))`
        if (this.#labelsBeside) return () => label
        const index = this.own.push(label) - 1
        return () => raw(`own_${index}`)
      }
      case 'formula': {
        const operands = value.of.map((operand) => this.print(operand, compiling))
        return () => {
          const number = formulaSql(
            value.formula,
            operands.map((operand) => operand()),
          )
          const floored = value.floor === null ? raw('v') : sql`greatest(v, ${bind('Float64', value.floor)})`
          return sql`arrayMap(v -> if(isFinite(v), ${floored}, null), [toNullable(toFloat64(${number}))])[1]`
        }
      }
      case 'nothing':
        return () => raw('null')
    }
  }

  /** The passes over events, and over what is kept of them: each is a statement of `id`, of whether it tells, and of the columns of some of the measures. */
  passes(compiling: Compiling): readonly Pass[] {
    this.#measured = measured(this.events, compiling)
    return this.#measured.passes
  }

  #eventValue(index: number): Sql {
    if (this.#measured === undefined) throw new Error('the passes over events are printed first')
    return this.#measured.value(index)
  }

  /** The same measure asked twice is computed once. */
  #indexOf<Measure>(measures: Measure[], measure: Measure): number {
    const key = JSON.stringify(measure)
    const found = measures.findIndex((each) => JSON.stringify(each) === key)
    return found === -1 ? measures.push(measure) - 1 : found
  }
}

function fromEvents(parts: Parts, value: () => Sql, compiling: Compiling): Sql {
  if (parts.events.length === 0) throw new Error('a trait reads something')
  const passes = parts.passes(compiling)
  return sql`select id, ${value()} as value, ${toldBy(passes)} as told from ${withAllIds(passes)}`
}

function fromEverybody(parts: Parts, value: () => Sql, compiling: Compiling): Sql {
  const { context, subject } = compiling
  const own = parts.own.map((each, index) => sql`${each} as ${raw(`own_${index}`)}`)
  const everybody = sql`select ${join([sql`${subject.id} as id`, ...own], ', ')} ${subject.rows(context)}`
  const ofEvents = parts.passes(compiling)
  const passes = [...parts.people.map((measure, index) => peoplePass(measure, index, compiling)), ...ofEvents.map(joinedPass)]
  const told = [...parts.people.map((_, index) => raw(`told_${index}`)), ...ofEvents.map((pass) => pass.told)]
  // The own facts of a subject tell; where only they are read, they alone do.
  const isTold = told.length === 0 ? raw('1') : sql`${join(told, ' or ')}`
  return sql`select s.id as id, ${value()} as value, toUInt8(${isTold}) as told from (${everybody}) as s${join(passes, '')}`
}

/** A measure of an account's people, joined to the account. */
export function peoplePass(measure: PeopleMeasurePlan, index: number, { context, part }: Compiling): Sql {
  const members = memberSubject(measure.accountType)
  const where = measure.where === null ? [] : [part(measure.where, members)]
  const column = raw(`people_${index}`)
  const alias = raw(`of_${index}`)
  const pass = sql`select m.account_id as id, ${peopleMeasure(measure, context.personNames)} as ${column}, 1 as ${raw(`told_${index}`)} ${members.rows(context, where)} group by id`
  return sql` left join (${pass}) as ${alias} on ${alias}.id = s.id`
}

function peopleMeasure({ of, property, now, timezone }: PeopleMeasurePlan, personNames: CompileContext['personNames']): Sql {
  if (property === undefined) return raw('toFloat64(count())')
  const { number, list } = personProperty(property, { now, timezone, personNames })
  switch (of) {
    case 'sum':
      return exactSum(number)
    case 'avg':
      return sql`if(count(${number}) = 0, null, ${exactSum(number)} / count(${number}))`
    case 'median':
      return sql`quantileExactInclusiveOrNull(0.5)(${number})`
    case 'distinct':
      return sql`toFloat64(uniqExactArray(${list}))`
    default:
      return sql`${raw(of)}(${number})`
  }
}

const zeroWithoutEvents: ReadonlySet<string> = new Set(['count', 'sum', 'distinct'])

/** The number of somebody without any of the events; null where it is not known, and for what is no number. */
function absentValue(value: TraitValuePlan): number | null {
  if (value.is === 'events') return zeroWithoutEvents.has(value.measure.way) ? 0 : null
  if (value.is !== 'formula') return null
  const number = formulaNumber(value.formula, value.of.map(absentValue))
  if (number === null || !Number.isFinite(number)) return null
  return value.floor === null ? number : Math.max(number, value.floor)
}
