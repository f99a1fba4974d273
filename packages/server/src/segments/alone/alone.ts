import { bind, type CompileContext, join, membersSql, planDefinition, type RenderedSql, raw, render, type Sql, sql } from '@kindred/engine'
import type { AccountRow, SegmentDefinition } from '@kindred/model'
import { writeJson } from '../../capture/json.ts'
import type { Parts } from '../../parts.ts'
import { aloneDatabase, type aloneTables } from '../../store/clickhouse/store.ts'

/**
 * Definitions asked about one person, or one account with its people, with nobody else there: the same SQL over tables of the same form that hold only their
 * rows, so that asking it at many instants costs little. The rows are gone afterwards.
 */

/** Who stands alone: a person, with the ids of whom was merged into them, or an account with all people who were seen with it. */
export interface Standing {
  people: readonly number[]
  account?: Pick<AccountRow, 'id' | 'type' | 'key'> | undefined
}

const ofPeople = ({ people }: Standing) => sql`person_id in ${bind('Array(UInt64)', [...people])}`
const ofAccount = ({ account }: Standing) => (account === undefined ? sql`0` : sql`account_id = ${bind('UInt64', account.id)}`)
const ofEither = (standing: Standing) => sql`(${ofPeople(standing)} or ${ofAccount(standing)})`
const carrying = ({ account }: Standing) => (account === undefined ? sql`0` : sql`groups[${bind('String', account.type)}] = ${bind('String', account.key)}`)

/** Tables that a question about somebody alone reads, and what tells whose their rows are. */
const copied: readonly { table: (typeof aloneTables)[number]; where: (standing: Standing) => Sql }[] = [
  // What somebody did for an account counts for it also where they are gone.
  { table: 'events', where: (standing) => sql`(${ofPeople(standing)} or ${carrying(standing)})` },
  { table: 'persons', where: ofPeople },
  {
    table: 'person_overrides',
    where: ({ people }) => sql`(from_id in ${bind('Array(UInt64)', [...people])} or to_id in ${bind('Array(UInt64)', [...people])})`,
  },
  { table: 'person_activity', where: ofPeople },
  { table: 'accounts', where: ofAccount },
  { table: 'account_people', where: ofAccount },
  { table: 'segment_lists', where: ofPeople },
  { table: 'segment_account_lists', where: ofAccount },
  { table: 'consents', where: ofPeople },
  { table: 'segment_changes', where: ofEither },
  { table: 'segment_choices', where: ofEither },
]
/** Questions asked in one statement. */
const instantsAtOnce = 40

/** The rows of somebody who is written down. */
export type AloneRows = { readonly [Table in 'events' | 'persons' | 'accounts' | 'account_people']?: readonly object[] }

/** A place with one person, or one account, in it. */
export interface Alone {
  /** Whether they are a member at each of these instants. */
  membersAt(definition: SegmentDefinition, context: CompileContext, instants: readonly number[]): Promise<boolean[]>
  query<Row>(statement: (projectId: number) => Sql): Promise<Row[]>
}

interface State {
  next: number
  open: number
  /** While everything goes. */
  clearing: Promise<void> | undefined
}
const states = new WeakMap<Parts, State>()

/** Runs `work` beside somebody copied from the project. */
export async function withCopiedAlone<Result>(
  parts: Parts,
  { projectId, standing }: { projectId: number; standing: Standing },
  work: (alone: Alone) => Promise<Result>,
): Promise<Result> {
  return inPlace(parts, async (place) => {
    for (const { table, where } of copied) {
      // The condition stands inside: beside the new number it would read that one.
      await parts.store.command(
        aside(sql`insert into ${raw(`${aloneDatabase}.${table}`)} select * replace (${bind('UInt32', place)} as project_id) from
(select * from ${raw(`from_kindred.${table}`)} where project_id = ${bind('UInt32', projectId)} and ${where(standing)})`),
      )
    }
    return work(aloneIn(parts, place))
  })
}

/** Runs `work` beside somebody who is written down, with the rows `rowsOf` makes for the place. */
export async function withWrittenAlone<Result>(
  parts: Parts,
  rowsOf: (projectId: number) => AloneRows,
  work: (alone: Alone) => Promise<Result>,
): Promise<Result> {
  return inPlace(parts, async (place) => {
    const written = rowsOf(place)
    for (const table of ['events', 'persons', 'accounts', 'account_people'] as const) {
      const rows = written[table] ?? []
      if (rows.length === 0) continue
      await parts.store.insertAlone(table, Buffer.from(rows.map((row) => writeJson(row)).join('\n')))
    }
    return work(aloneIn(parts, place))
  })
}

/** Gives `work` a project number of its own there. When the last one leaves, everything in it goes. */
async function inPlace<Result>(parts: Parts, work: (place: number) => Promise<Result>): Promise<Result> {
  const state = states.get(parts) ?? { next: 0, open: 0, clearing: undefined }
  states.set(parts, state)
  // Whoever came now would find half of what they wrote gone with the rest.
  while (state.clearing !== undefined) await state.clearing
  state.next += 1
  state.open += 1
  try {
    return await work(state.next)
  } finally {
    state.open -= 1
    if (state.open === 0) {
      state.clearing = clear(parts).finally(() => {
        state.clearing = undefined
      })
      await state.clearing
    }
  }
}

async function clear({ store }: Pick<Parts, 'store'>): Promise<void> {
  for (const { table } of copied) await store.command(aside(sql`truncate table ${raw(`${aloneDatabase}.${table}`)}`))
}

function aloneIn({ store }: Pick<Parts, 'store'>, place: number): Alone {
  return {
    query: (statement) => store.query(aside(statement(place))),
    async membersAt(definition, { kept: _, personNames: __, textless: ___, ...context }, instants) {
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
