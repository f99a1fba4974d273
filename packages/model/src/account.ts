import { z } from 'zod'
import { type AccountRow, accountRowReply, accountShape } from './account-row.ts'
import type { PersonRow } from './api/index.ts'
import type { JsonValue, Source } from './event.ts'
import { cursorRequest, type Page, pageRequest } from './page.ts'
import { pageReply, personRowReply } from './replies.ts'

/** Accounts of the API: requests are schemas, replies are types with the schema that documents them. */

export const accountsRequest = z.strictObject({
  type: z.string().min(1).max(200).optional(),
  search: z.string().max(200).optional(),
  sort: z.enum(['lastSeen', 'created', 'people', 'name']).default('lastSeen'),
  ...pageRequest,
})
export const accountPeopleRequest = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50), ...cursorRequest })

/** How many accounts there are of a type. */
export interface AccountType {
  name: string
  label: string
  accounts: number
}
export interface AccountsPage extends Page<AccountRow> {
  total: number
  watermark: number
}
/** A property with the event that gave it its value. */
export interface AccountFact {
  key: string
  label: string
  value: JsonValue
  source: Source
  at: number | null
}
export interface AccountProfile extends AccountRow {
  firstSeenAt: number | null
  facts: AccountFact[]
}
/** When a person was seen with an account. */
export interface Membership {
  firstSeenAt: number
  lastSeenAt: number
}
/** A segment that an account is in, and why. */
export interface AccountSegment {
  id: number
  name: string
  kind: 'rule' | 'frozen'
  reasons: string[]
}
export type AccountPerson = PersonRow & { inAccount: Membership }
export type PersonAccount = AccountRow & { inAccount: Membership }

const at = z.number().int().describe('Epoch milliseconds')
const fact = z.strictObject({
  key: z.string(),
  label: z.string(),
  value: z.json() as z.ZodType<JsonValue>,
  source: z.enum(['posthog', 'segment', 'import', 'webhook', 'demo', 'api'] satisfies Source[]),
  at: at.nullable(),
})
const inAccount = z.strictObject({ firstSeenAt: at, lastSeenAt: at })
export const accountTypesReply = pageReply(
  z.strictObject({ name: z.string(), label: z.string(), accounts: z.number().int() }).meta({ id: 'AccountType' }) satisfies z.ZodType<AccountType>,
)
export const accountsPageReply = pageReply(accountRowReply)
  .extend({ total: z.number().int(), watermark: z.number().int().describe('The reply is exact to this position of the log') })
  .meta({ id: 'AccountsPage' }) satisfies z.ZodType<AccountsPage>
export const accountProfileReply = z
  .strictObject({ ...accountShape, firstSeenAt: at.nullable(), facts: z.array(fact satisfies z.ZodType<AccountFact>) })
  .meta({ id: 'AccountProfile' }) satisfies z.ZodType<AccountProfile>
export const accountPeopleReply = pageReply(personRowReply.extend({ inAccount }).meta({ id: 'AccountPerson' }) satisfies z.ZodType<AccountPerson>)
export const personAccountsReply = pageReply(z.strictObject({ ...accountShape, inAccount }).meta({ id: 'PersonAccount' }) satisfies z.ZodType<PersonAccount>)
export const accountSegmentsReply = pageReply(
  z
    .strictObject({
      id: z.number().int(),
      name: z.string(),
      kind: z.enum(['rule', 'frozen']),
      reasons: z.array(z.string()).describe('The conditions it meets, with the value seen'),
    })
    .meta({ id: 'AccountSegment' }) satisfies z.ZodType<AccountSegment>,
)
