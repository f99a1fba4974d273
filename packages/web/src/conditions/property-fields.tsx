import { Box } from '@mantine/core'
import { useAccountProperties } from '../data/account-properties.ts'
import { type Side, useChoosableProperties } from '../data/known-names.ts'
import { PropertyPicker } from '../data/property-picker.tsx'
import classes from './conditions.module.css'
import { OperatorFields } from './operator-fields.tsx'
import { operatorGroups } from './operators.ts'
import { type PropertyDraft, withProperty } from './property-draft.ts'
import { typeOfOperator, valueTypeOf } from './value-type.ts'

interface PropertyFieldsProps<Of extends Side> {
  /** Whose properties may be chosen. */
  sides: readonly Of[]
  side: Of
  draft: PropertyDraft
  onChange: (draft: PropertyDraft, side: Of) => void
  event?: string
  /** Marks what is missing, once the reader has had the chance to fill it in. */
  wrong: boolean
}

/** The fields of one property condition: which property, how it is compared, with what. */
export function PropertyFields<Of extends Side>({ sides, side, draft, onChange, event, wrong }: PropertyFieldsProps<Of>) {
  const { data } = useChoosableProperties()
  const accounts = useAccountProperties((sides as readonly Side[]).includes('account'))
  const find = (of: Side, name: string) => [...(data ?? []), ...accounts].find((each) => each.of === of && each.name === name)
  const known = find(side, draft.property)
  const type = known === undefined ? typeOfOperator(draft.operator, draft.operand) : valueTypeOf(known)
  const label = known?.label ?? draft.property
  return (
    <>
      <Box className={classes.property}>
        <PropertyPicker
          label="Choose a property"
          of={sides}
          value={draft.property === '' ? null : { of: side, name: draft.property }}
          placeholder="Choose a property"
          onChange={({ of, name }) => onChange(withProperty(name, valueTypeOf(find(of, name))), of)}
          error={wrong && draft.property === '' ? ' ' : null}
        />
      </Box>
      {draft.property !== '' && (
        <OperatorFields
          label={label}
          draft={draft}
          groups={operatorGroups(type)}
          type={type}
          of={side}
          event={event}
          onChange={(changed) => onChange(changed, side)}
          wrong={wrong}
        />
      )}
    </>
  )
}
