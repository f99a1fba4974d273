import { readDraft, writeDraft } from '../../../conditions/property-draft.ts'
import { PropertyFields } from '../../../conditions/property-fields.tsx'
import type { PropertyRowDraft } from '../../tree/row-draft.ts'
import { useSubject } from '../builder-context.ts'
import { UnknownNote } from '../unknown-note.tsx'
import type { RowProps } from './row-props.ts'

/** *whose country is Ireland* */
export function PropertyRow({ draft, negated, onChange, wrong }: RowProps<PropertyRowDraft> & { negated: boolean }) {
  const { unit } = useSubject()
  const property = readDraft(draft)
  return (
    <>
      <PropertyFields
        sides={[unit]}
        side={unit}
        draft={property}
        wrong={wrong}
        onChange={(changed) => onChange({ kind: 'property', ...writeDraft(changed) })}
      />
      <UnknownNote draft={property} negated={negated} />
    </>
  )
}
