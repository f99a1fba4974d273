import { conditionSql, eventNumbers, planParts } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { tally } from '../condition/tally.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { isLocal } from '../zone/when.ts'

/**
 * The conditions that labels ask of subjects whose rows are `s`: those that numbers of events decide are counted in one pass over the events, the others on
 * the subject's own row.
 */
export class LabelConditions {
  /** Columns of the subject's own row. */
  readonly own: Sql[] = []
  readonly #asking: Pick<Compiling, 'context' | 'subject'>
  readonly #known = new Map<Plan, Sql>()
  readonly #counted: Plan[] = []

  constructor(asking: Pick<Compiling, 'context' | 'subject'>) {
    this.#asking = asking
  }

  sql(plan: Plan): Sql {
    for (const leaf of leavesOf(plan)) if (!this.#known.has(leaf)) this.#know(leaf)
    return conditionSql(plan, { ...this.#asking, known: this.#known })
  }

  /** What is joined to the rows `s`. */
  joined(): Sql[] {
    const numbers = this.#counted.flatMap((plan) => eventNumbers(plan) ?? [])
    if (numbers.length === 0) return []
    const { id, from, values } = tally(
      numbers.flatMap(({ quantities }) => quantities),
      this.#asking,
    )
    let place = 0
    const columns = numbers.map(({ quantities, met, includesNone }, index) => {
      const answer = met(values.slice(place, place + quantities.length))
      place += quantities.length
      return sql`${raw(includesNone ? 'not ' : '')}${answer} as ${raw(`asked_${index}`)}`
    })
    return [sql` left join (select ${id} as id, ${join(columns, ', ')} ${from} group by id) as asked on asked.id = s.id`]
  }

  #know(leaf: Plan): void {
    const numbers = eventNumbers(leaf)
    if (numbers !== null && !numbers.quantities.some(({ when }) => isLocal(when))) {
      const column = raw(`asked.asked_${this.#counted.push(leaf) - 1}`)
      // Whoever has no such event has no row, which reads as 0: the column holds what differs from that.
      this.#known.set(leaf, numbers.includesNone ? sql`not ${column}` : column)
      return
    }
    const column = raw(`met_${this.own.length}`)
    this.own.push(sql`toUInt8(${conditionSql(leaf, this.#asking)}) as ${column}`)
    this.#known.set(leaf, sql`s.${column}`)
  }
}

function leavesOf(plan: Plan): Plan[] {
  const parts = planParts(plan)
  return parts.length === 0 ? [plan] : parts.flatMap(leavesOf)
}
