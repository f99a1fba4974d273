import {
  type AccountFact,
  type AccountPerson,
  type AccountProfile,
  KindredError,
  type Page,
  type PersonAccount,
  type Project,
  propertyLabel,
} from '@kindred/model'
import { pageOf, readCursor } from '../http/cursor.ts'
import type { ChangeCause } from '../identity/people.ts'
import type { Parts } from '../parts.ts'
import { personRows } from '../people/person-rows.ts'
import { knownAccounts } from './known-accounts.ts'

interface PageRequest {
  limit: number
  cursor?: string | undefined
}

/** One account with where each property came from and when. Errors: `account/not-found`. */
export async function accountProfile(parts: Parts, project: Project, id: number): Promise<AccountProfile> {
  const [row] = await knownAccounts(parts, project.id, [id])
  if (row === undefined) throw new KindredError('account/not-found', { id })
  const [{ origins }, { first }] = await Promise.all([
    parts.catalog.selectFrom('accounts').select('origins').where('id', '=', id).executeTakeFirstOrThrow(),
    parts.catalog
      .selectFrom('account_people')
      .select(({ fn }) => fn.min('first_seen_at').as('first'))
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow(),
  ])
  const known = JSON.parse(origins) as Record<string, ChangeCause>
  const facts = Object.entries(row.properties).map(
    ([key, value]): AccountFact => ({ key, label: propertyLabel(key), value, source: known[key]?.source ?? 'api', at: known[key]?.at ?? null }),
  )
  return { ...row, firstSeenAt: first, facts: facts.sort((a, b) => (a.label < b.label ? -1 : 1)) }
}

/** Errors: `account/not-found`. */
export async function findAccount({ catalog }: Pick<Parts, 'catalog'>, projectId: number, id: number): Promise<{ type: string; key: string }> {
  const account = await catalog.selectFrom('accounts').select(['type', 'key']).where('id', '=', id).where('project_id', '=', projectId).executeTakeFirst()
  if (account === undefined) throw new KindredError('account/not-found', { id })
  return account
}

interface MembershipRow {
  id: number
  first: number
  last: number
}

/** The people of an account, last seen with it first. Errors: `account/not-found`, `request/cursor`. */
export async function accountPeople(parts: Parts, project: Project, { id, page }: { id: number; page: PageRequest }): Promise<Page<AccountPerson>> {
  await findAccount(parts, project.id, id)
  const { results, next } = await memberships(parts, { of: 'account', id, page })
  const people = await personRows(
    parts,
    project,
    results.map((row) => row.id),
  )
  return { results: withMembership(people, results), next }
}

/** The accounts a person is in, last seen with first. `id` is that of today. Errors: `request/cursor`. */
export async function personAccounts(parts: Parts, project: Project, { id, page }: { id: number; page: PageRequest }): Promise<Page<PersonAccount>> {
  const { results, next } = await memberships(parts, { of: 'person', id, page })
  const accounts = await knownAccounts(
    parts,
    project.id,
    results.map((row) => row.id),
  )
  return { results: withMembership(accounts, results), next }
}

/** One side of the memberships of the other. Ids are unique across projects. */
async function memberships({ catalog }: Pick<Parts, 'catalog'>, { of, id, page }: { of: 'account' | 'person'; id: number; page: PageRequest }) {
  const order = { list: `memberships:${of}`, placeOf: (row: MembershipRow) => [row.last, row.id] }
  const after = readCursor(order.list, page.cursor, [0, 0] as const)
  const other = of === 'account' ? 'person_id' : 'account_id'
  let query = catalog
    .selectFrom('account_people')
    .select([`${other} as id`, 'first_seen_at as first', 'last_seen_at as last'])
    .where(`${of}_id`, '=', id)
    .orderBy('last_seen_at', 'desc')
    .orderBy(other)
    .limit(page.limit + 1)
  if (after !== undefined) {
    const [last, above] = after
    query = query.where((is) => is.or([is('last_seen_at', '<', last), is.and([is('last_seen_at', '=', last), is(other, '>', above)])]))
  }
  return pageOf<MembershipRow>(await query.execute(), page.limit, order)
}

function withMembership<Row extends { id: number }>(rows: readonly Row[], found: readonly MembershipRow[]) {
  const byId = new Map(found.map(({ id, first, last }) => [id, { firstSeenAt: first, lastSeenAt: last }]))
  return rows.flatMap((row) => {
    const inAccount = byId.get(row.id)
    return inAccount === undefined ? [] : [{ ...row, inAccount }]
  })
}
