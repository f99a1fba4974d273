import { z } from 'zod'
import type { JsonValue, Properties } from './event.ts'

/** An account: a company, a team or whatever else its type says. */
export interface AccountRow {
  id: number
  type: string
  /** The sender's own id, unique within the type. */
  key: string
  /** The best name known: a name, else a domain, else the key. */
  label: string
  createdAt: number
  people: number
  /** null where no person was seen with it. */
  lastSeenAt: number | null
  properties: Properties
}

const at = z.number().int().describe('Epoch milliseconds')
export const accountShape = {
  id: z.number().int(),
  type: z.string(),
  key: z.string().describe('The sender’s own id, unique within the type'),
  label: z.string(),
  createdAt: at,
  people: z.number().int(),
  lastSeenAt: at.nullable(),
  properties: z.record(z.string(), z.json() as z.ZodType<JsonValue>),
}
export const accountRowReply = z.strictObject(accountShape).meta({ id: 'Account' }) satisfies z.ZodType<AccountRow>
