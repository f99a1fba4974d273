import { conditionSql, eventNumbers, planParts } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Compiling } from '../condition/reading.ts'
import { tally } from '../condition/tally.ts'
import type { CompileContext } from '../context.ts'
import type { PlannedTrait } from '../segment/plan-definition.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import type { Subject } from '../subject.ts'
import { isLocal } from '../zone/when.ts'
import { joinedPass } from './passes.ts'
import { Parts, peoplePass } from './rows.ts'

type Asking = Pick<CompileContext, 'projectId' | 'watermark' | 'hasOverrides' | 'foldedThrough' | 'kept'>

/**
 * Rows `indexes`, `values`: the JSON texts of the values that several traits have of one person or account, each trait by its place in the list; NULL for one
 * that has none. The events of the subject are read once for all that is measured, and once for all that labels ask. Null where no trait has values.
 */
export function valuesOfOneSql(planned: readonly PlannedTrait[], id: number, context: Asking): Sql | null {
  const told = planned.map((trait, index) => ({ ...trait, index })).filter(({ trait }) => trait.value.is !== 'nothing')
  // Traits of one type of accounts have no row for an account of another.
  const types = [...new Set(told.map(({ subject }) => subject.accountType))]
  const statements = types.map((type) =>
    valuesTogether(
      told.filter(({ subject }) => subject.accountType === type),
      id,
      context,
    ),
  )
  return statements.length === 0 ? null : join(statements, ' union all ')
}

function valuesTogether(planned: readonly (PlannedTrait & { index: number })[], id: number, context: Asking): Sql {
  const [first] = planned
  if (first === undefined) throw new Error('there is a trait')
  const subject = only(first.subject, id)
  const labels = new LabelConditions({ context, subject })
  const compiling: Compiling = {
    context,
    subject,
    part: (plan, of = subject) => (of === subject ? labels.sql(plan) : conditionSql(plan, { context, subject: of })),
  }
  const parts = new Parts({ labelsBeside: true })
  const values = planned.map(({ trait }) => parts.print(trait.value, compiling))
  const own = [...parts.own.map((each, index) => sql`${each} as ${raw(`own_${index}`)}`), ...labels.own]
  const joined = [...parts.people.map((measure, index) => peoplePass(measure, index, compiling)), ...labels.joined()]
  joined.push(...parts.passes(compiling).map(joinedPass))
  const everybody = sql`select ${join([sql`${subject.id} as id`, ...own], ', ')} ${subject.rows(context)}`
  const texts = values.map((value) => sql`toNullable(toJSONString(${value()}))`)
  const indexes = raw(`[${planned.map(({ index }) => index).join(', ')}]`)
  return sql`select ${indexes} as indexes, [${join(texts, ', ')}] as values from (${everybody}) as s${join(joined, '')}`
}

/** The conditions that labels ask of one subject: those that numbers of its events decide are counted in one pass over them, the others on its row. */
class LabelConditions {
  readonly own: Sql[] = []
  readonly #asking: { context: Asking; subject: Subject }
  readonly #known = new Map<Plan, Sql>()
  readonly #counted: Plan[] = []

  constructor(asking: { context: Asking; subject: Subject }) {
    this.#asking = asking
  }

  sql(plan: Plan): Sql {
    for (const leaf of leavesOf(plan)) if (!this.#known.has(leaf)) this.#know(leaf)
    return conditionSql(plan, { ...this.#asking, known: this.#known })
  }

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

/**
 * The subject narrowed to one id, so that nobody else's events are read. They are read once for all that is measured, which is quicker than a pass over what
 * is kept for each measure: of one subject nothing that is kept is read.
 */
function only({ states: _, ...subject }: Subject, id: number): Subject {
  const wanted = bind('UInt64', id)
  return {
    ...subject,
    rows: (context, and = []) => subject.rows(context, [...and, sql`${subject.id} = ${wanted}`]),
    events: (context, and = [], joined) => subject.events(context, [...and, sql`${subject.ofEvent(context)} = ${wanted}`], joined),
  }
}
