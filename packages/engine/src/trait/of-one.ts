import type { CompileContext } from '../context.ts'
import type { PlannedTrait } from '../segment/plan-definition.ts'
import { bind, join, raw, type Sql, sql } from '../sql.ts'
import type { Subject } from '../subject.ts'
import { valuesBeside } from './beside.ts'

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
  const { own, joined, values } = valuesBeside(
    planned.map(({ trait }) => trait),
    { context, subject },
  )
  const one = sql`select ${join([sql`${subject.id} as id`, ...own], ', ')} ${subject.rows(context)}`
  const texts = values.map((value) => sql`toNullable(toJSONString(${value}))`)
  const indexes = raw(`[${planned.map(({ index }) => index).join(', ')}]`)
  return sql`select ${indexes} as indexes, [${join(texts, ', ')}] as values from (${one}) as s${join(joined, '')}`
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
