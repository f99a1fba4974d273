import type { OperatorName } from '@kindred/model'
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconPlus, IconX } from '../app/icons.tsx'
import { type NumberPart, readComparison, writeComparison } from './comparison.ts'
import { ComparisonFields } from './comparison-fields.tsx'
import classes from './conditions.module.css'
import { OperandField, type OperandFieldProps } from './operand-field.tsx'
import { fieldOperators, type NestedKind, type OperandKind, operandKind, operatorWords, parameterOperators, textOperators } from './operators.ts'
import { type PropertyDraft, readDraft, withOperator, writeDraft } from './property-draft.ts'

export const hasOperatorOfItsOwn = (kind: OperandKind): kind is NestedKind => ['comparison', 'item', 'items', 'parameter'].includes(kind)

type Part = Record<string, unknown>
interface NestedOperandProps extends Omit<OperandFieldProps, 'kind' | 'error'> {
  kind: NestedKind
  error: boolean
}

/** Asks for an operand that is a condition of its own: how many items, what an item is, what a parameter of the URL is. */
export function NestedOperandField({ kind, ...props }: NestedOperandProps) {
  const { label, operand, onChange, error } = props
  switch (kind) {
    case 'comparison':
      return (
        <div className={classes.nested}>
          <ComparisonFields
            label={label}
            comparison={readComparison((operand ?? {}) as NumberPart)}
            onChange={(changed) => onChange(writeComparison(changed))}
            wrong={error}
          />
        </div>
      )
    case 'item':
      return <PartFields {...props} operators={textOperators} part={(operand ?? {}) as Part} onPart={onChange} />
    case 'items':
      return <ItemFields {...props} />
    case 'parameter': {
      const { name, ...part } = (operand ?? {}) as Part
      return (
        <PartFields {...props} operators={parameterOperators} part={part} onPart={(changed) => onChange({ name, ...changed })}>
          <TextInput
            aria-label={`${label}: name of the parameter`}
            placeholder="utm_source"
            value={typeof name === 'string' ? name : ''}
            onChange={(typed) => onChange({ name: typed.currentTarget.value, ...part })}
            error={error && !name}
            w={140}
          />
        </PartFields>
      )
    }
  }
}

function ItemFields({ operand, onChange, ...props }: Omit<NestedOperandProps, 'kind'>) {
  const items = (Array.isArray(operand) ? operand : []) as Part[]
  const change = (index: number, item: Part) => onChange(items.map((each, place) => (place === index ? item : each)))
  return (
    <div className={classes.items}>
      {items.map(({ property, ...part }, index) => (
        <PartFields
          // biome-ignore lint/suspicious/noArrayIndexKey: a field has no identity but its place
          key={index}
          {...props}
          operand={null}
          onChange={onChange}
          operators={fieldOperators}
          part={part}
          onPart={(changed) => change(index, { property, ...changed })}
        >
          <TextInput
            aria-label={`${props.label}: field of the item`}
            placeholder="size"
            value={typeof property === 'string' ? property : ''}
            onChange={(typed) => change(index, { property: typed.currentTarget.value, ...part })}
            error={props.error && !property}
            w={120}
          />
          {items.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label="Remove this field"
              onClick={() => onChange(items.filter((_, place) => place !== index))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </PartFields>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...items, { property: '', is: [] }])}
      >
        and whose
      </Button>
    </div>
  )
}

interface PartFieldsProps extends Omit<NestedOperandProps, 'kind'> {
  operators: readonly OperatorName[]
  part: Part
  onPart: (part: Part) => void
  children?: ReactNode
}

/** One operator and what it compares with; the operators here hold no others. */
function PartFields({ operators, part, onPart, children, label, of, property, error }: PartFieldsProps) {
  const draft: PropertyDraft = readDraft({ property: 'item', ...part })
  const write = (changed: PropertyDraft) => {
    const { property: _, ...written } = writeDraft(changed)
    onPart(written)
  }
  const kind = operandKind(draft.operator, 'text')
  return (
    <div className={classes.nested}>
      {children}
      <NativeSelect
        className={classes.operator}
        aria-label={`${label}: comparison`}
        value={draft.operator}
        data={operators.map((name) => ({ value: name, label: operatorWords[name].words }))}
        onChange={(changed) => write(withOperator(draft, changed.currentTarget.value as OperatorName, 'text'))}
      />
      {!hasOperatorOfItsOwn(kind) && (
        <OperandField
          kind={kind}
          label={`${label} ${operatorWords[draft.operator].words}`}
          of={of}
          property={property}
          operand={draft.operand}
          onChange={(operand) => write({ ...draft, operand })}
          error={error}
        />
      )}
    </div>
  )
}
