import { z } from 'zod'
import { eventChoiceSchema } from './events.ts'
import { exactlyOneOf, optional } from './exactly-one.ts'
import { durationSchema } from './moment.ts'
import { operatorNames, operatorShape } from './operator.ts'
import { propertyKey } from './property.ts'
import { withinSchema } from './within.ts'

/** The value is one that an earlier step's event has too; lists and items count value by value. Steps are counted from 1; `of` names another property there. */
const sameAsSchema = z.strictObject({ step: z.number().int().min(1).max(20), of: propertyKey.optional() })
const stepFilterSchema = exactlyOneOf(
  z.strictObject({ property: propertyKey, ...optional(operatorShape), ignoringCase: z.boolean().optional(), sameAs: sameAsSchema.optional() }),
  [...operatorNames, 'sameAs'],
  'operator',
)
export type StepFilter = z.infer<typeof stepFilterSchema>

const rest = {
  where: z.array(stepFilterSchema).max(50).optional(),
  /** No later than this after the step before (absent steps not counted), or after the first one. For an absent step: how long it must stay away. */
  within: durationSchema.optional(),
  after: z.enum(['previous', 'first']).optional(),
}
const didStepSchema = z.strictObject({ did: eventChoiceSchema, ...rest })
/** No such event between the steps around it; at the end, none until `within` has passed, or until now where it is left out. */
const absentStepSchema = z.strictObject({ absent: eventChoiceSchema, ...rest })
const stepSchema = z.union([didStepSchema, absentStepSchema])
export type SequenceStep = z.infer<typeof stepSchema>

/**
 * Events one after another, in the order of (time, log position), each an event of its own. `within`: when all of them happened. `strict`: no other event of
 * the person lies between two of them.
 */
export const sequenceConditionSchema = z.strictObject({
  sequence: z
    .array(stepSchema)
    .min(2)
    .max(20)
    .refine((steps) => steps[0] !== undefined && 'did' in steps[0], { error: 'a sequence begins with something done', path: [0] })
    .refine((steps) => steps[0]?.within === undefined && steps[0]?.after === undefined, { error: 'nothing comes before the first step', path: [0, 'within'] })
    .refine((steps) => steps.every((step) => step.after === undefined || step.within !== undefined), { error: 'say within what length of time' })
    .refine((steps) => steps.every((step, index) => (step.where ?? []).every(({ sameAs }) => sameAs === undefined || isDidBefore(steps, sameAs.step, index))), {
      error: 'sameAs names a step that was done before',
    }),
  within: withinSchema.optional(),
  strict: z.literal(true).optional(),
})
export type SequenceCondition = z.infer<typeof sequenceConditionSchema>

function isDidBefore(steps: readonly SequenceStep[], number: number, index: number): boolean {
  const named = steps[number - 1]
  return number - 1 < index && named !== undefined && 'did' in named
}
