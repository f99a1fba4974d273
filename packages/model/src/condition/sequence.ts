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
    .superRefine((steps, context) => {
      for (const { path, message } of stepProblems(steps)) context.addIssue({ code: 'custom', path, message })
    }),
  within: withinSchema.optional(),
  strict: z.literal(true).optional(),
})
export type SequenceCondition = z.infer<typeof sequenceConditionSchema>

/** What one step cannot say beside the others, at its place. */
function stepProblems(steps: readonly SequenceStep[]): { path: (string | number)[]; message: string }[] {
  return steps.flatMap((step, index) => {
    const { within, after, where = [] } = step
    const problems: { path: (string | number)[]; message: string }[] = []
    if (index === 0 && !('did' in step)) problems.push({ path: [0], message: 'a sequence begins with something done' })
    if (index === 0 && (within ?? after) !== undefined) problems.push({ path: [0, 'within'], message: 'nothing comes before the first step' })
    if (after !== undefined && within === undefined) problems.push({ path: [index, 'after'], message: 'say within what length of time' })
    where.forEach(({ sameAs }, filter) => {
      if (sameAs === undefined || isDidBefore(steps, sameAs.step, index)) return
      problems.push({ path: [index, 'where', filter, 'sameAs', 'step'], message: 'sameAs names a step that was done before' })
    })
    return problems
  })
}

function isDidBefore(steps: readonly SequenceStep[], number: number, index: number): boolean {
  const named = steps[number - 1]
  return number - 1 < index && named !== undefined && 'did' in named
}
