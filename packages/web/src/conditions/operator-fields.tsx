import type { OperatorName } from '@kindred/model'
import { Box, Checkbox, NativeSelect } from '@mantine/core'
import type { ValueSide } from '../data/known-names.ts'
import classes from './conditions.module.css'
import { hasOperatorOfItsOwn, NestedOperandField } from './nested-operand-field.tsx'
import { OperandField } from './operand-field.tsx'
import { operandKind, operatorWords, type ValueType } from './operators.ts'
import { type PropertyDraft, withOperator } from './property-draft.ts'

interface OperatorFieldsProps {
  /** What is compared, read out with each field. */
  label: string
  draft: PropertyDraft
  groups: readonly { group: string; operators: readonly OperatorName[] }[]
  type: ValueType
  of: ValueSide
  /** The property whose values are offered, where it is not the draft's own; none: empty. */
  valuesOf?: string
  /** Counts values on this event only. */
  event?: string
  onChange: (draft: PropertyDraft) => void
  wrong: boolean
}

/** How something is compared, and with what: *is Ireland*, *is at least 3*. */
export function OperatorFields({ label, draft, groups, type, of, valuesOf, event, onChange, wrong }: OperatorFieldsProps) {
  const words = operatorWords[draft.operator]
  const kind = operandKind(draft.operator, type)
  const field = {
    label: `${label} ${words.words}`,
    of,
    property: valuesOf ?? draft.property,
    event,
    operand: draft.operand,
    onChange: (operand: unknown) => onChange({ ...draft, operand }),
    error: wrong,
  }
  return (
    <>
      <NativeSelect
        className={classes.operator}
        aria-label={`${label}: comparison`}
        value={draft.operator}
        data={groups.map(({ group, operators }) => ({ group, items: operators.map((name) => ({ value: name, label: operatorWords[name].words })) }))}
        onChange={(changed) => onChange(withOperator(draft, changed.currentTarget.value as OperatorName, type))}
      />
      <Box className={classes.operand}>
        {hasOperatorOfItsOwn(kind) ? <NestedOperandField kind={kind} {...field} /> : <OperandField kind={kind} {...field} />}
      </Box>
      {words.cased && type !== 'yes-no' && type !== 'number' && (
        <Checkbox
          size="xs"
          className={classes.cased}
          label="ignoring case"
          checked={draft.ignoringCase}
          onChange={(changed) => onChange({ ...draft, ignoringCase: changed.currentTarget.checked })}
        />
      )}
    </>
  )
}
