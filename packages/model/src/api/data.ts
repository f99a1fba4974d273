import { z } from 'zod'
import type { Page } from '../page.ts'
import type { EventRow } from './people.ts'

/** Events, their names, properties and values. */

export interface EventDefinition {
  name: string
  label: string
  count: number
  firstSeenAt: number
  lastSeenAt: number
  role: string | null
  description: string
  hidden: boolean
  verified: boolean
}
export interface PropertyDefinition {
  of: 'event' | 'person'
  name: string
  label: string
  types: Record<string, number>
  samples: string[]
  count: number
  firstSeenAt: number
  lastSeenAt: number
  description: string
  hidden: boolean
  verified: boolean
  /** Its values are masked; samples and suggestions are left out. */
  sensitive: boolean
}
/** The questions that surveys asked. */
export const questionsRequest = z.strictObject({
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
})
export const valuesRequest = z.strictObject({
  of: z.enum(['event', 'person', 'survey']).describe('`survey`: the answers to the question that `property` names'),
  property: z.string().min(1).max(400),
  event: z.string().max(200).optional(),
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(25),
  /** Of a sensitive property the values are told only to someone who asks for them on purpose. */
  reveal: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
})
export interface ValueCount {
  value: string
  count: number
}
export interface LiveEvents extends Page<EventRow> {
  watermark: number
}
