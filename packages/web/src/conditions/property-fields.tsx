import { Box, Checkbox, NativeSelect } from '@mantine/core'
import { useChoosableProperties } from '../data/known-names.ts'
import { PropertyPicker } from '../data/property-picker.tsx'
import classes from './conditions.module.css'
import { NestedField } from './nested-field.tsx'
import { OperandField } from './operand-field.tsx'
import type { RowOperator } from './operators.ts'
import { nestedKind, operandKind, operatorGroups, operatorWords } from './operators.ts'
import { type PropertyDraft, withOperator, withProperty } from './property-draft.ts'
import { typeOfOperator, valueTypeOf } from './value-type.ts'

type Side = 'event' | 'person'

interface PropertyFieldsProps {
  /** Whose properties may be chosen. */
  sides: readonly Side[]
  side: Side
  draft: PropertyDraft
  onChange: (draft: PropertyDraft, side: Side) => void
  event?: string
  /** Marks what is missing, once the reader has had the chance to fill it in. */
  wrong: boolean
}

/** The fields of one property condition: which property, how it is compared, with what. */
export function PropertyFields({ sides, side, draft, onChange, event, wrong }: PropertyFieldsProps) {
  const { data } = useChoosableProperties()
  const find = (of: Side, name: string) => data?.find((each) => each.of === of && each.name === name)
  const known = find(side, draft.property)
  const type = known === undefined ? typeOfOperator(draft.operator, draft.operand) : valueTypeOf(known)
  const label = known?.label ?? draft.property
  const words = operatorWords[draft.operator]
  const nested = nestedKind(draft.operator)
  const field = {
    label: `${label} ${words.words}`,
    of: side,
    property: draft.property,
    event,
    operand: draft.operand,
    onChange: (operand: unknown) => onChange({ ...draft, operand }, side),
    error: wrong,
  }
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
        <>
          <NativeSelect
            w={176}
            aria-label={`${label}: comparison`}
            value={draft.operator}
            data={operatorGroups(type).map(({ group, operators }) => ({
              group,
              items: operators.map((name) => ({ value: name, label: operatorWords[name].words })),
            }))}
            onChange={(changed) => onChange(withOperator(draft, changed.currentTarget.value as RowOperator, type), side)}
          />
          <Box className={classes.operand}>
            {nested === null ? <OperandField kind={operandKind(draft.operator, type)} {...field} /> : <NestedField kind={nested} {...field} />}
          </Box>
          {words.cased && type === 'text' && (
            <Checkbox
              size="xs"
              className={classes.cased}
              label="ignoring case"
              checked={draft.ignoringCase}
              onChange={(changed) => onChange({ ...draft, ignoringCase: changed.currentTarget.checked }, side)}
            />
          )}
        </>
      )}
    </>
  )
}
