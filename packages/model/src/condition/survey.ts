import { z } from 'zod'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { operatorNames, operatorShape } from './operator.ts'
import { propertyKey } from './property.ts'
import { withinSchema } from './within.ts'

/** The last answer of a person to a question of a survey (left out: of any survey), within the window. */
export const surveyConditionSchema = exactlyOneOf(
  z.strictObject({
    survey: z.strictObject({ name: z.string().min(1).max(400).optional(), question: propertyKey }),
    ...optional(operatorShape),
    ignoringCase: z.boolean().optional(),
    within: withinSchema.optional(),
  }),
  operatorNames,
  'operator',
)
export type SurveyCondition = z.infer<typeof surveyConditionSchema>
