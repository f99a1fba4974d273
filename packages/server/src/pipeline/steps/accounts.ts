import type { CapturedEvent, JsonValue } from '@kindred/model'
import type { Account } from '../../accounts/accounts.ts'
import { idText, isObject } from '../../capture/read-request.ts'
import type { Batch } from '../batch.ts'
import { ok, type Passage, type StepResult } from '../passage.ts'

/**
 * The accounts that the event names, which its person belongs to from then on, and what `$groupidentify` says of one. An event that asks for no
 * profile changes no account either.
 */
export function accounts(passage: Passage, batch: Batch): StepResult {
  const { event } = passage
  const isUpdate = event.event === '$groupidentify'
  if ((event.groups === undefined && !isUpdate) || event.personProfile === false) return ok
  for (const [type, key] of Object.entries(event.groups ?? {})) {
    const account = findAccount(passage, batch, { type, key })
    if (account !== null) batch.accounts.join(account, passage.person, event.timestamp)
  }
  if (isUpdate) update(passage, batch)
  return ok
}

function update(passage: Passage, batch: Batch): void {
  const { event, person, cause } = passage
  const { $group_type, $group_key, $group_set, $group_set_once } = event.properties
  const [type, key] = [idText($group_type), idText($group_key)]
  if (type === '' || key === '') {
    hint(event, 'account-without-key')
    return
  }
  const account = findAccount(passage, batch, { type, key })
  if (account === null) return
  // A server that tells of an account alone sends it under an id made of the account.
  if (event.distinctId !== `$${type}_${key}`) batch.accounts.join(account, person, event.timestamp)
  const isComplete = batch.accounts.setProperties(account, { set: propertiesOf($group_set), setOnce: propertiesOf($group_set_once) }, cause)
  if (!isComplete) hint(event, 'too-many-account-properties')
}

function findAccount({ event, projectId }: Passage, batch: Batch, { type, key }: { type: string; key: string }): Account | null {
  if (type === '' || key === '') return null
  const account = batch.accounts.find(projectId, { type, key, at: event.timestamp })
  if (account === null) hint(event, 'too-many-account-types')
  return account
}

function propertiesOf(value: JsonValue | undefined) {
  return isObject(value) ? value : {}
}

function hint(event: CapturedEvent, reason: string): void {
  event.hints = [...(event.hints ?? []), reason]
}
