import { bind, type CompileContext, join, membersSql, planDefinition, type RenderedSql, raw, render, type Sql, sql } from '@kindred/engine'
import type { SegmentDefinition } from '@kindred/model'
import { writeJson } from '../../capture/json.ts'
import type { Parts } from '../../parts.ts'
import { aloneDatabase } from '../../store/clickhouse/store.ts'

/**
 * Definitions asked about one person with nobody else there: the same SQL over tables of the same form that hold only that person's rows, so that asking it at
 * many instants costs little. The rows are gone afterwards.
 */

/** Tables that a question about a person alone reads, and the columns by which their rows are a person's. */
const copied: readonly { table: string; where: (people: Sql) => Sql }[] = [
  { table: 'events', where: (people) => sql`person_id in ${people}` },
  { table: 'persons', where: (people) => sql`person_id in ${people}` },
  { table: 'person_overrides', where: (people) => sql`(from_id in ${people} or to_id in ${people})` },
  { table: 'person_activity', where: (people) => sql`person_id in ${people}` },
  { table: 'segment_lists', where: (people) => sql`person_id in ${people}` },
  { table: 'consents', where: (people) => sql`person_id in ${people}` },
  { table: 'segment_changes', where: (people) => sql`person_id in ${people}` },
  { table: 'segment_choices', where: (people) => sql`person_id in ${people}` },
]
/** Questions asked in one statement. */
const instantsAtOnce = 40

/** What the rows of a written person are. */
export interface AloneRows {
  events?: readonly object[]
  persons?: readonly object[]
}

/** A place with one person in it. */
export interface Alone {
  /** Whether the person is a member at each of these instants. */
  membersAt(definition: SegmentDefinition, context: CompileContext, instants: readonly number[]): Promise<boolean[]>
  query<Row>(statement: (projectId: number) => Sql): Promise<Row[]>
}

interface State {
  next: number
  open: number
}
const states = new WeakMap<Parts, State>()

/** Runs `work` beside a person copied from the project: their own id and those of whom was merged into them. */
export async function withPersonAlone<Result>(
  parts: Parts,
  { projectId, people }: { projectId: number; people: readonly number[] },
  work: (alone: Alone) => Promise<Result>,
): Promise<Result> {
  return inPlace(parts, async (place) => {
    const ids = bind('Array(UInt64)', [...people])
    for (const { table, where } of copied) {
      // The condition stands inside: beside the new number it would read that one.
      await parts.store.command(
        aside(sql`insert into ${raw(`${aloneDatabase}.${table}`)} select * replace (${bind('UInt32', place)} as project_id) from
(select * from ${raw(`from_kindred.${table}`)} where project_id = ${bind('UInt32', projectId)} and ${where(ids)})`),
      )
    }
    return work(aloneIn(parts, place))
  })
}

/** Runs `work` beside a person who is written down, with the rows `rowsOf` makes for the place. */
export async function withWrittenAlone<Result>(
  parts: Parts,
  rowsOf: (projectId: number) => AloneRows,
  work: (alone: Alone) => Promise<Result>,
): Promise<Result> {
  return inPlace(parts, async (place) => {
    const { events = [], persons = [] } = rowsOf(place)
    for (const [table, rows] of [
      ['events', events],
      ['persons', persons],
    ] as const) {
      if (rows.length === 0) continue
      await parts.store.insertAlone(table, Buffer.from(rows.map((row) => writeJson(row)).join('\n')))
    }
    return work(aloneIn(parts, place))
  })
}

/** Gives `work` a project number of its own there. When the last one leaves, everything in it goes. */
async function inPlace<Result>(parts: Parts, work: (place: number) => Promise<Result>): Promise<Result> {
  const state = states.get(parts) ?? { next: 0, open: 0 }
  states.set(parts, state)
  state.next += 1
  state.open += 1
  try {
    return await work(state.next)
  } finally {
    state.open -= 1
    if (state.open === 0) for (const { table } of copied) await parts.store.command(aside(sql`truncate table ${raw(`${aloneDatabase}.${table}`)}`))
  }
}

function aloneIn({ store }: Pick<Parts, 'store'>, place: number): Alone {
  return {
    query: (statement) => store.query(aside(statement(place))),
    async membersAt(definition, { kept: _, ...context }, instants) {
      const answers: boolean[] = []
      for (let from = 0; from < instants.length; from += instantsAtOnce) {
        const some = instants.slice(from, from + instantsAtOnce)
        const each = some.map((now, index) => {
          const asked = { ...context, projectId: place, now }
          return sql`select ${raw(String(index))} as i, count() as n from (${membersSql(planDefinition(definition, asked), asked)})`
        })
        const rows = await store.query<{ i: number; n: string }>(aside(join(each, ' union all ')))
        const found = new Map(rows.map(({ i, n }) => [i, Number(n) > 0]))
        answers.push(...some.map((_, index) => found.get(index) === true))
      }
      return answers
    },
  }
}

/**
 * The statement over the tables here. Its text is ours alone, since values are bound and names escaped with their dots, so a table is named wherever
 * `kindred.` stands; `from_kindred.` means the real one.
 */
function aside(statement: Sql): RenderedSql {
  const { text, params } = render(statement)
  return { text: text.replaceAll(/\bkindred\./g, `${aloneDatabase}.`).replaceAll('from_kindred.', 'kindred.'), params }
}
