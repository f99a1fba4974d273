import { z } from 'zod'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { comparisonSchema, operatorNames, operatorShape } from './operator.ts'
import { withinSchema } from './within.ts'

/** What is known of a session. `number`: 1 for a person's first. Lengths in seconds. Pages are paths. */
export const sessionFacts = [
  'number',
  'length',
  'pages',
  'events',
  'bounced',
  'entry_page',
  'exit_page',
  'landing_url',
  'referrer',
  'channel',
  'source',
  'medium',
  'campaign',
  'device',
  'country',
] as const
export type SessionFact = (typeof sessionFacts)[number]

const sessionFilterSchema = exactlyOneOf(
  z.strictObject({ property: z.enum(sessionFacts), ...optional(operatorShape), ignoringCase: z.boolean().optional() }),
  operatorNames,
  'operator',
)

/** Sessions that meet all of the filters, by when they began; `count` left out: at least one. `atMost` includes people with none. */
export const sessionConditionSchema = z.strictObject({
  session: z.array(sessionFilterSchema).max(20),
  count: comparisonSchema.optional(),
  within: withinSchema.optional(),
})
export type SessionCondition = z.infer<typeof sessionConditionSchema>
