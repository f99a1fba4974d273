import { type CompileContext, consentedSql, isMemberSql, join, type PlannedSegment, personProperty, personsWhere, render, type Sql, sql } from '@kindred/engine'
import { type KeptReach, type Reach, type ReachChannel, reachPurpose } from '@kindred/model'
import type { Parts } from '../parts.ts'

/** What a message by a channel is sent to. */
const addresses: Record<ReachChannel, string> = { email: 'standard.email', sms: 'standard.phone' }

type ReachContext = Parameters<typeof consentedSql>[1] & Pick<CompileContext, 'now' | 'timezone'>

/**
 * Three UInt8 about the person `p`, never NULL: has an address of the channel; may be written to there, since the ledger says last that they gave their
 * consent to marketing by it; has an address and refused. Every screen that counts reach counts it by these.
 */
export function reachSql(channel: ReachChannel, context: ReachContext): { address: Sql; reachable: Sql; refused: Sql } {
  const address = sql`ifNull(${personProperty(addresses[channel], context).exists}, 0)`
  const said = (state: 'granted' | 'withdrawn') => {
    const people = consentedSql({ channel, purpose: reachPurpose, state, since: undefined }, context)
    return sql`(${address} and p.person_id in (${people}))`
  }
  return { address, reachable: said('granted'), refused: said('withdrawn') }
}

/** The columns of a row that `reachOf` reads, over rows about people `p`. */
export interface ReachRow {
  email: string[]
  sms: string[]
}

/** Each an Array(UInt8) about the person `p`, to be summed with `sumForEach`. */
export function reachColumns(context: ReachContext): Record<ReachChannel, Sql> {
  const column = (channel: ReachChannel) => {
    const { address, reachable, refused } = reachSql(channel, context)
    return sql`[toUInt8(${address}), toUInt8(${reachable}), toUInt8(${refused})]`
  }
  return { email: column('email'), sms: column('sms') }
}

export function reachOf(rows: readonly ReachRow[]): Reach {
  const channel = (name: ReachChannel) => {
    const sum = (place: number) => rows.reduce((all, row) => all + Number(row[name][place] ?? 0), 0)
    return { addresses: sum(0), reachable: sum(1), refused: sum(2) }
  }
  return { email: channel('email'), sms: channel('sms') }
}

export const keptReach = ({ email, sms }: Reach): KeptReach => ({ email: email.reachable, sms: sms.reachable })

/** How many members there are and how they can be reached, counted in one scan; of accounts, nobody is written to. */
export async function countReach({ store }: Pick<Parts, 'store'>, planned: PlannedSegment, context: CompileContext): Promise<{ people: number; reach: Reach }> {
  const { email, sms } = reachColumns(context)
  const [row] = await store.query<ReachRow & { people: string }>(
    render(sql`select count() as people, sumForEach(${email}) as email, sumForEach(${sms}) as sms ${personsWhere(context, [isMemberSql(planned, context)])}`),
  )
  return { people: Number(row?.people ?? 0), reach: reachOf(row === undefined ? [] : [row]) }
}

/** The same of several segments of people, in their order, in one scan for all of them. */
export async function countReaches(
  { store }: Pick<Parts, 'store'>,
  planned: readonly PlannedSegment[],
  context: CompileContext,
): Promise<{ people: number; reach: KeptReach }[]> {
  const members = join(
    planned.map((each) => sql`toUInt8(${isMemberSql(each, context)})`),
    ', ',
  )
  const reachable = (channel: ReachChannel) => sql`toUInt8(${reachSql(channel, context).reachable})`
  const [row] = await store.query<Record<'people' | ReachChannel, string[]>>(
    render(sql`select sumForEach(members) as people, sumForEach(arrayMap(each -> each * by_email, members)) as email,
sumForEach(arrayMap(each -> each * by_sms, members)) as sms
from (select [${members}] as members, ${reachable('email')} as by_email, ${reachable('sms')} as by_sms ${personsWhere(context)})`),
  )
  const sum = (of: 'people' | ReachChannel, index: number) => Number(row?.[of][index] ?? 0)
  return planned.map((_, index) => ({ people: sum('people', index), reach: { email: sum('email', index), sms: sum('sms', index) } }))
}
