import { withoutBitmap } from '../condition/bitmap.ts'
import { conditionBitmap, conditionIds, conditionSql } from '../condition/kinds.ts'
import type { Plan } from '../condition/plan.ts'
import type { Combining, Compiling } from '../condition/reading.ts'
import { join, raw, type Sql, sql } from '../sql.ts'
import { type Leaf, passesOf, passOver } from './one-pass.ts'

/**
 * The store copies whatever a name stands for to each place that says the name; of a name made by a statement within it only the name is copied. So names do
 * not stand for each other through more levels than this. A statement for each level would nest deeper than the store allows.
 */
const levelsInOne = 6

/** Which statement a level is in, from within. What is read, the first level, has one of its own. */
function statementOf(level: number): number {
  return Math.ceil(level / levelsInOne)
}

type Asking = Pick<Compiling, 'context' | 'subject'>

/**
 * The conditions of a tree as bitmaps of subjects: each that holds no others is answered once, and groups of them are bitmaps of bitmaps, so that many
 * questions about who meets what cost little more than one. What `of` and `everyone` answer are names that only `select` explains.
 */
export class Bitmaps {
  readonly everyone: Sql
  readonly #asking: Asking
  /** What is named in each of the statements within each other, the innermost first. */
  readonly #statements: Sql[][] = []
  /** How many names stand between a name and the tables. */
  readonly #levelOf = new Map<Sql, number>()
  readonly #known = new Map<Plan, Sql>()

  constructor(plan: Plan, asking: Asking) {
    this.#asking = asking
    const { passes, others } = passesOf(plan)
    const listed = others.map((each) => ({ each, ids: conditionIds(each, asking) }))
    this.everyone = this.#readEveryone(listed.filter(({ ids }) => ids === null).map(({ each }) => each))
    for (const { each, ids } of listed) if (ids !== null) this.#known.set(each, this.#listed(ids))
    for (const leaves of passes) this.#readPass(leaves)
  }

  /** A statement of what is selected; it may name what `of` answered. */
  select(columns: Sql): Sql {
    const [read = [], ...others] = this.#statements
    const innermost = sql`select ${join(read, ', ')}`
    const all = others.reduce((inner, named) => sql`select *, ${join(named, ', ')} from (${inner})`, innermost)
    return sql`select ${columns} from (${all})`
  }

  /** All who meet a plan of the tree. */
  of(plan: Plan): Sql {
    const known = this.#known.get(plan)
    if (known !== undefined) return known
    const combined = conditionBitmap(plan, this.#combining())
    if (combined === null) throw new Error(`${plan.kind} was not answered`)
    const name = this.#name(combined)
    this.#known.set(plan, name)
    return name
  }

  #combining(): Combining {
    return {
      ...this.#asking,
      everyone: this.everyone,
      part: (each) => this.of(each),
      listed: (ids) => this.#listed(ids),
      named: (expression) => this.#name(expression, true),
    }
  }

  /** `often`: it is said so often that it is not to be copied. */
  #name(expression: Sql, often = false): Sql {
    const level = this.#levelAbove(expression)
    const name = raw(`bitmap_${this.#levelOf.size}`)
    const named = sql`${expression} as ${name}`
    const statement = statementOf(level)
    this.#statements[statement]?.push(named)
    this.#statements[statement] ??= [named]
    // Whatever stands on the last level of a statement comes into the next one.
    this.#levelOf.set(name, often ? statement * levelsInOne : level)
    return name
  }

  #levelAbove(expression: Sql): number {
    return expression.chunks.reduce((level, chunk) => {
      if (typeof chunk === 'string' || !('chunks' in chunk)) return level
      const named = this.#levelOf.get(chunk)
      return Math.max(level, named === undefined ? this.#levelAbove(chunk) : named + 1)
    }, 0)
  }

  /** Everyone, and in the same scan each condition that only a subject's own row answers. */
  #readEveryone(own: readonly Plan[]): Sql {
    const { context, subject } = this.#asking
    const columns = own.map((each, index) => sql`, toUInt8(${conditionSql(each, this.#asking)}) as ${raw(`own_${index}`)}`)
    const states = ['groupBitmapState(id)', ...own.map((_, index) => `groupBitmapStateIf(id, own_${index})`)].map(raw)
    const read = this.#scalar(sql`select tuple(${join(states, ', ')}) from (select ${subject.id} as id${join(columns, '')} ${subject.rows(context)})`)
    own.forEach((each, index) => void this.#known.set(each, sql`${read}.${raw(String(index + 2))}`))
    return this.#name(sql`${read}.1`)
  }

  /** Several conditions about the same events. */
  #readPass(leaves: readonly Leaf[]): void {
    const { id, from, met } = passOver(leaves, this.#asking)
    const columns = met.map((each, index) => sql`, toUInt8(${each}) as ${raw(`met_${index}`)}`)
    // Who has no such event is in no row. Where they meet it too, it is the others who are kept.
    const states = leaves.map(({ numbers }, index) => raw(`groupBitmapStateIf(id, ${numbers.includesNone ? 'not ' : ''}met_${index})`))
    const read = this.#scalar(sql`select tuple(${join(states, ', ')}) from (select ${id} as id${join(columns, '')} ${from} group by id)`)
    leaves.forEach(({ plan, numbers }, index) => {
      const state = sql`${read}.${raw(String(index + 1))}`
      if (numbers.includesNone) this.#known.set(plan, this.#name(withoutBitmap(this.everyone, state)))
      else this.#known.set(plan, this.#ofThose(state))
    })
  }

  #listed(ids: Sql): Sql {
    return this.#ofThose(this.#scalar(sql`select groupBitmapState(id) from (${ids})`))
  }

  /** Events also tell of subjects that are not there any more. */
  #ofThose(bitmap: Sql): Sql {
    return this.#name(sql`bitmapAnd(${bitmap}, ${this.everyone})`)
  }

  #scalar(statement: Sql): Sql {
    return this.#name(sql`(${statement})`)
  }
}
