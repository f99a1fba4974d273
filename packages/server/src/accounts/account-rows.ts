import { storeTime, type TableRows, tableRows } from '../pipeline/rows.ts'
import { storedProperties } from '../store/clickhouse/stored-properties.ts'
import type { Account, Membership, SavedAccounts } from './accounts.ts'

/** The rows of a batch's accounts, ready to insert; no table without rows. */
export function accountRows({ accounts, memberships }: SavedAccounts): TableRows[] {
  const rows = [tableRows('accounts', accounts.map(accountRow)), tableRows('account_people', memberships.map(membershipRow))]
  return rows.filter((each) => each.rows.byteLength > 0)
}

function accountRow({ id, projectId, type, key, createdAt, properties, version }: Account): object {
  return {
    project_id: projectId,
    account_id: id,
    version,
    is_deleted: 0,
    type,
    key,
    created_at: storeTime(createdAt),
    properties: storedProperties(properties),
  }
}

function membershipRow({ account, person, first, last }: Membership): object {
  return { project_id: account.projectId, account_id: account.id, person_id: person.id, first_seen: storeTime(first), last_seen: storeTime(last) }
}
