import { type Kept, withoutBitmap } from '../condition/bitmap.ts'
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

/** Which statement a level is in, from within, the one that reads left out. */
function statementOf(level: number): number {
  return Math.ceil(level / levelsInOne) - 1
}

/** So many statements over tables are run side by side, which takes less time; more of them one after another, since each has its groups in memory. */
const sideBySide = 3

type Asking = Pick<Compiling, 'context' | 'subject'>

/**
 * The conditions of a tree as bitmaps of subjects: each that holds no others is answered once, and groups of them are bitmaps of bitmaps, so that many
 * questions about who meets what cost little more than one. What the methods answer are expressions of names that only `select` explains.
 */
export class Bitmaps {
  /** How many there are. */
  readonly everyone: Sql
  readonly #asking: Asking
  /** What a subject's own row answers, in the scan of all of them, and the name of what that scan reads. */
  readonly #own: readonly Plan[]
  readonly #scan = raw('scan')
  #all: Sql | null = null
  /** The statements over tables, one row each, by the names of their columns. */
  readonly #reads = new Map<Sql, Sql>()
  /** What is named in each of the statements within each other above those, the innermost first. */
  readonly #statements: Sql[][] = []
  /** How many names stand between a name and the tables. */
  readonly #levelOf = new Map<Sql, number>([[this.#scan, 0]])
  readonly #known = new Map<Plan, Kept>()

  constructor(plan: Plan, asking: Asking) {
    this.#asking = asking
    const { passes, others } = passesOf(plan)
    const listed = others.map((each) => ({ each, ids: conditionIds(each, asking) }))
    this.#own = listed.filter(({ ids }) => ids === null).map(({ each }) => each)
    this.everyone = sql`${this.#scan}.1`
    this.#own.forEach((each, index) => void this.#known.set(each, inside(sql`${this.#scan}.${raw(String(index + 2))}`)))
    for (const { each, ids } of listed) if (ids !== null) this.#known.set(each, inside(this.#done(this.#listed(ids))))
    for (const leaves of passes) this.#readPass(leaves)
  }

  /** A statement of what is selected; it may name what the others answered. */
  select(columns: Sql): Sql {
    const all = this.#statements.reduce((inner, named) => sql`select *, ${join(named, ', ')} from (${inner})`, this.#readAll())
    return sql`select ${columns} from (${all})`
  }

  /** UInt64: how many meet a plan of the tree. */
  count(plan: Plan): Sql {
    const { bitmap, without } = this.#of(plan)
    const size = sql`bitmapCardinality(${bitmap})`
    return without ? numberOfOthers(this.everyone, size) : size
  }

  /** UInt8: whether the one with this id does. */
  has(plan: Plan, id: Sql): Sql {
    const { bitmap, without } = this.#of(plan)
    return sql`toUInt8(${raw(without ? 'not ' : '')}bitmapContains(${bitmap}, ${id}))`
  }

  /** The bitmap of all who do. */
  all(plan: Plan): Sql {
    const { bitmap, without } = this.#of(plan)
    return without ? this.#name(withoutBitmap(this.#everyone(), bitmap)) : bitmap
  }

  #of(plan: Plan): Kept {
    const known = this.#known.get(plan)
    if (known !== undefined) return known
    const combined = conditionBitmap(plan, this.#combining())
    if (combined === null) throw new Error(`${plan.kind} was not answered`)
    const { bitmap, without } = combined
    const kept = { bitmap: this.#name(bitmap), without }
    this.#known.set(plan, kept)
    return kept
  }

  #combining(): Combining {
    return {
      ...this.#asking,
      part: (each) => this.#of(each),
      listed: (ids) => inside(this.#ofThose(this.#listed(ids))),
      named: ({ bitmap, without }) => ({ bitmap: this.#name(bitmap, true), without }),
    }
  }

  /** `often`: it is said so often that it is not to be copied. */
  #name(expression: Sql, often = false): Sql {
    if (this.#levelOf.has(expression)) return expression
    const level = this.#levelAbove(expression)
    const statement = statementOf(level)
    // Whatever stands on the last level of a statement comes into the next one.
    const name = this.#newName(often ? (statement + 1) * levelsInOne : level)
    const named = sql`${expression} as ${name}`
    this.#statements[statement]?.push(named)
    this.#statements[statement] ??= [named]
    return name
  }

  #newName(level: number): Sql {
    const name = raw(`bitmap_${this.#levelOf.size}`)
    this.#levelOf.set(name, level)
    return name
  }

  /** A name for the only column of a statement's only row. */
  #read(column: Sql, from: Sql): Sql {
    const name = this.#newName(0)
    this.#reads.set(name, sql`select ${column} as ${name} ${from}`)
    return name
  }

  #readAll(): Sql {
    const reads = [[this.#scan, this.#scanOfAll()] as const, ...this.#reads]
    if (reads.length <= sideBySide)
      return sql`select * from ${join(
        reads.map(([name, statement]) => sql`(${statement}) as of_${name}`),
        ' cross join ',
      )}`
    return sql`select ${join(
      reads.map(([name, statement]) => sql`(${statement}) as ${name}`),
      ', ',
    )}`
  }

  #levelAbove(expression: Sql): number {
    return expression.chunks.reduce((level, chunk) => {
      if (typeof chunk === 'string' || !('chunks' in chunk)) return level
      const named = this.#levelOf.get(chunk)
      return Math.max(level, named === undefined ? this.#levelAbove(chunk) : named + 1)
    }, 0)
  }

  /** A bitmap of everyone takes three times as long as their number, so it is made only where it is asked for. */
  #everyone(): Sql {
    this.#all ??= this.#name(sql`${this.#scan}.${raw(String(this.#own.length + 2))}`)
    return this.#all
  }

  /** How many there are, whom each condition holds of that only a subject's own row answers, and everyone. */
  #scanOfAll(): Sql {
    const { context, subject } = this.#asking
    const columns = this.#own.map((each, index) => sql`, toUInt8(${conditionSql(each, this.#asking)}) as ${raw(`own_${index}`)}`)
    const states = ['count()', ...this.#own.map((_, index) => `groupBitmapStateIf(id, own_${index})`), ...(this.#all === null ? [] : ['groupBitmapState(id)'])]
    return sql`select tuple(${join(states.map(raw), ', ')}) as ${this.#scan} from (select ${subject.id} as id${join(columns, '')} ${subject.rows(context)})`
  }

  /** Several conditions about the same events. */
  #readPass(leaves: readonly Leaf[]): void {
    const { id, from, met } = passOver(leaves, this.#asking)
    const columns = met.map((each, index) => sql`, toUInt8(${each}) as ${raw(`met_${index}`)}`)
    // Who has no such event is in no row. Where they meet it too, it is the others who are kept.
    const states = leaves.map(({ numbers }, index) => raw(`groupBitmapStateIf(id, ${numbers.includesNone ? 'not ' : ''}met_${index})`))
    const read = this.#read(sql`tuple(${join(states, ', ')})`, sql`from (select ${id} as id${join(columns, '')} ${from} group by id)`)
    leaves.forEach(({ plan, numbers }, index) => {
      this.#known.set(plan, { bitmap: this.#done(sql`${read}.${raw(String(index + 1))}`), without: numbers.includesNone })
    })
  }

  #listed(ids: Sql): Sql {
    return this.#read(raw('groupBitmapState(id)'), sql`from (${ids})`)
  }

  /** Those who did something. Of people, all of them are there: what somebody did goes with them. */
  #done(bitmap: Sql): Sql {
    return this.#asking.subject.unit === 'person' ? bitmap : this.#ofThose(bitmap)
  }

  /** Some of them may not be there any more. */
  #ofThose(bitmap: Sql): Sql {
    return this.#name(sql`bitmapAnd(${bitmap}, ${this.#everyone()})`)
  }
}

function inside(bitmap: Sql): Kept {
  return { bitmap, without: false }
}

/** UInt64: how many of everyone are left. For a moment there may be events of somebody who is not there yet, or not any more. */
export function numberOfOthers(everyone: Sql, those: Sql): Sql {
  return sql`toUInt64(greatest(${everyone} - ${those}, 0))`
}
