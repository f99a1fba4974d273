import { z } from 'zod'
import { comparisonSchema } from './operator.ts'
import { withinSchema } from './within.ts'

export const messageActions = ['sent', 'delivered', 'opened', 'clicked', 'bounced', 'unsubscribed', 'replied'] as const
export type MessageAction = (typeof messageActions)[number]
export const messageChannels = ['email', 'sms', 'push'] as const
export type MessageChannel = (typeof messageChannels)[number]

const texts = z.union([z.string().min(1).max(400), z.array(z.string().min(1).max(400)).min(1).max(100)])

/** What became of messages, by the events that senders write (`docs/segments.md` lists their names). Left out, `count` is at least one. */
export const messageConditionSchema = z.strictObject({
  message: z.enum(messageActions),
  channel: z.enum(messageChannels).optional(),
  campaign: texts.optional(),
  flow: texts.optional(),
  count: comparisonSchema.optional(),
  within: withinSchema.optional(),
})
export type MessageCondition = z.infer<typeof messageConditionSchema>
