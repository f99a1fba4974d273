import {
  type CompileContext,
  eventMatchSql,
  eventNumber,
  eventsWhere,
  exactSum,
  personOfEvent,
  personsWhere,
  raw,
  render,
  type Sql,
  sql,
  windowSql,
} from '@kindred/engine'
import type { Crowd } from '@kindred/model'
import type { Parts } from '../../parts.ts'
import { hasEmailSql } from '../../people/customers.ts'
import { type ReachRow, reachColumns, reachOf } from '../reach.ts'

interface CrowdRow extends ReachRow {
  member: 0 | 1
  people: string
  customers: string
  known: string
  repeat: string
  orders: string
  revenue: number
}

/** The people of whom `isMember` (UInt8 about `p`) holds, beside everyone: how well they are known, how to reach them, what they ordered. One scan. */
export async function crowds({ store }: Pick<Parts, 'store'>, isMember: Sql, context: CompileContext): Promise<{ segment: Crowd; all: Crowd }> {
  const { email, sms } = reachColumns(context)
  const people = sql`select p.person_id as id, toUInt8(${isMember}) as member, ${hasEmailSql()} as has_email, ${email} as email, ${sms} as sms ${personsWhere(context)}`
  const rows = await store.query<CrowdRow>(
    render(sql`select member, count() as people, countIf(n > 0) as customers, countIf(n = 0 and has_email) as known, countIf(n > 1) as repeat,
sum(n) as orders, ${exactSum(raw('total'))} as revenue, sumForEach(email) as email, sumForEach(sms) as sms
from (${people}) as m left join (${ordersSql(context)}) as o on o.id = m.id group by member`),
  )
  const of = (some: readonly CrowdRow[]) => crowdOf(some, context)
  return { segment: of(rows.filter(({ member }) => member === 1)), all: of(rows) }
}

/** Rows of `id`, `n` and `total`: how many orders each person placed, and what they were worth. */
function ordersSql(context: CompileContext): Sql {
  const { value } = context.roles.properties
  const total = value === undefined ? raw('toFloat64(0)') : exactSum(eventNumber(value, [], context))
  const orders = eventsWhere(context, [eventMatchSql({ role: 'order' }, context), ...windowSql({ to: context.now })])
  return sql`select ${personOfEvent(context)} as id, count() as n, ${total} as total ${orders} group by id`
}

function crowdOf(rows: readonly CrowdRow[], { roles }: CompileContext): Crowd {
  const sum = (read: (row: CrowdRow) => string | number) => rows.reduce((all, row) => all + Number(read(row)), 0)
  const [people, customers, known] = [sum((row) => row.people), sum((row) => row.customers), sum((row) => row.known)]
  const hasOrders = (roles.events.order ?? []).length > 0
  const revenue = roles.properties.value === undefined ? null : Math.round(sum((row) => row.revenue) * 100) / 100
  return {
    people,
    customers,
    known,
    anonymous: people - customers - known,
    reach: reachOf(rows),
    orders: hasOrders ? { buyers: customers, repeat: sum((row) => row.repeat), orders: sum((row) => row.orders), revenue } : null,
  }
}
