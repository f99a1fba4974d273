import { TraitFields } from '../../../conditions/trait-fields.tsx'
import type { TraitDraft } from '../../tree/row-draft.ts'
import type { RowProps } from './row-props.ts'

/** *whose total spent is at least 100*, or *is among the highest 10 percent* */
export function TraitRow({ draft, onChange, wrong }: RowProps<TraitDraft>) {
  const { kind, ...comparison } = draft
  return <TraitFields draft={comparison} onChange={(changed) => onChange({ kind, ...changed })} wrong={wrong} />
}
