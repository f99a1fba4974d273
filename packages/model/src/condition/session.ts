import { z } from 'zod'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { comparisonSchema, operatorNames, operatorShape } from './operator.ts'
import { withinSchema } from './within.ts'

/** What a session tells by itself. Lengths in seconds. Pages are paths. */
export const ownSessionFacts = [
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
export type OwnSessionFact = (typeof ownSessionFacts)[number]
/** What is known of a session. `number`: 1 for a person's first. */
export const sessionFacts = ['number', ...ownSessionFacts] as const
export type SessionFact = (typeof sessionFacts)[number]

const filterOfFact = <Fact extends SessionFact>(facts: readonly Fact[]) =>
  exactlyOneOf(z.strictObject({ property: z.enum(facts), ...optional(operatorShape), ignoringCase: z.boolean().optional() }), operatorNames, 'operator')
const sessionFilterSchema = filterOfFact(sessionFacts)
/** Of one session, without those around it. */
export const ownSessionFilterSchema = filterOfFact(ownSessionFacts)
export type OwnSessionFilter = z.infer<typeof ownSessionFilterSchema>

/** Sessions that meet all of the filters, by when they began; `count` left out: at least one. `atMost` includes people with none. */
export const sessionConditionSchema = z.strictObject({
  session: z.array(sessionFilterSchema).max(20),
  count: comparisonSchema.optional(),
  within: withinSchema.optional(),
})
export type SessionCondition = z.infer<typeof sessionConditionSchema>
