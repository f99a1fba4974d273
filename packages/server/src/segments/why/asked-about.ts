import { type AccountRow, isSensitiveName, KindredError, type PersonRow, type Project, type Properties, type SegmentDefinition } from '@kindred/model'
import { knownAccounts } from '../../accounts/known-accounts.ts'
import { sensitivityOf } from '../../data/sensitive.ts'
import type { Parts } from '../../parts.ts'
import { personToday } from '../../people/person-profile.ts'
import { personRows } from '../../people/person-rows.ts'
import type { Standing } from '../alone/alone.ts'

/** Whom a segment is asked about: a person as who they are today, or an account. */
export interface AskedAbout {
  id: number
  createdAt: number
  properties: Properties
  isSensitive(name: string): boolean
  /** Whose rows decide. */
  standing: Standing
  /** As it is answered. */
  told: { person: PersonRow | null; account: AccountRow | null }
}

/** Errors: `person/not-found`, `account/not-found`, `request/invalid` for an account of another type than the segment's. */
export async function askedAbout(
  parts: Parts,
  project: Project,
  { member, definition }: { member: number; definition: SegmentDefinition },
): Promise<AskedAbout> {
  return definition.unit === 'account' ? accountAsked(parts, project, { member, definition }) : personAsked(parts, project, member)
}

async function personAsked(parts: Parts, project: Project, member: number): Promise<AskedAbout> {
  const id = await personToday(parts, project.id, member)
  const [person] = await personRows(parts, project, [id])
  if (person === undefined) throw new KindredError('person/not-found', { id: member })
  const { createdAt, properties } = person
  const { person: isSensitive } = await sensitivityOf(parts, project.id)
  return { id, createdAt, properties, isSensitive, standing: { people: await withMerged(parts, [id]) }, told: { person, account: null } }
}

async function accountAsked(parts: Parts, project: Project, { member, definition }: { member: number; definition: SegmentDefinition }): Promise<AskedAbout> {
  const [account] = await knownAccounts(parts, project.id, [member])
  if (account === undefined) throw new KindredError('account/not-found', { id: member })
  const { accountType } = definition
  if (accountType !== undefined && accountType !== account.type) {
    const reason = `it is an account of the type ${account.type}, and the segment is of accounts of the type ${accountType}`
    throw new KindredError('request/invalid', { field: 'person', reason })
  }
  const seen = await parts.catalog.selectFrom('account_people').select('person_id').where('account_id', '=', member).execute()
  const today = await Promise.all(seen.map(({ person_id }) => personToday(parts, project.id, person_id)))
  const standing = { account, people: await withMerged(parts, [...new Set(today)]) }
  const { createdAt, properties } = account
  return { id: member, createdAt, properties, isSensitive: isSensitiveName, standing, told: { person: null, account } }
}

/** The people, and who was merged into them. */
async function withMerged({ catalog }: Pick<Parts, 'catalog'>, people: readonly number[]): Promise<number[]> {
  if (people.length === 0) return []
  const rows = await catalog.selectFrom('person_merges').select('from_id').where('to_id', 'in', people).execute()
  return [...people, ...rows.map(({ from_id }) => from_id)]
}
