import { PropertyFields } from '../../conditions/property-fields.tsx'
import { UnknownNote } from '../../conditions/unknown-note.tsx'
import type { Row, RowDraft } from '../tree/node.ts'

interface PropertyRowProps {
  row: Row
  draft: Extract<RowDraft, { kind: 'property' }>
  onChange: (draft: RowDraft) => void
  wrong: boolean
}

/** *whose country is Ireland* */
export function PropertyRow({ row, draft, onChange, wrong }: PropertyRowProps) {
  return (
    <>
      <PropertyFields sides={['person']} side="person" draft={draft} wrong={wrong} onChange={(changed) => onChange({ kind: 'property', ...changed })} />
      <UnknownNote draft={draft} negated={row.negated} />
    </>
  )
}
