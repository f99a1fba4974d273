import { operatorNames } from '@kindred/model'
import { type PropertyDraft, writeDraft } from './property-draft.ts'

/** One operator among its keys, and what it compares with. */
export interface OperatorPart {
  ignoringCase?: boolean
  [operator: string]: unknown
}

/** A draft without its operator. */
export function withoutOperator<Draft extends object>(draft: Draft): Draft {
  const names: readonly string[] = [...operatorNames, 'ignoringCase']
  return Object.fromEntries(Object.entries(draft).filter(([key]) => !names.includes(key))) as Draft
}

/** A draft with this operator instead of its own. */
export function withOperatorOf<Draft extends object>(draft: Draft, operator: PropertyDraft): Draft {
  const { property: _, ...written } = writeDraft(operator)
  return { ...withoutOperator(draft), ...written }
}
