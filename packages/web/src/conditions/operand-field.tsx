import { Group, NativeSelect, Text, TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ValueSide } from '../data/known-names.ts'
import { ValueInput } from '../data/value-input.tsx'
import { DurationField } from './duration-field.tsx'
import { MomentField } from './moment-field.tsx'
import { NumberField } from './number-field.tsx'
import { replaceAt, textsOf } from './operand.ts'
import type { NestedKind, OperandKind } from './operators.ts'

export interface OperandFieldProps {
  kind: Exclude<OperandKind, NestedKind>
  /** What is compared, read out with each field: `Country is`. */
  label: string
  of: ValueSide
  property: string
  /** Counts values on this event only. */
  event?: string
  operand: unknown
  onChange: (operand: unknown) => void
  error: boolean
}

/** Asks for what an operator compares with. */
export function OperandField({ kind, label, of, property, event, operand, onChange, error }: OperandFieldProps) {
  const [first, second] = Array.isArray(operand) ? operand : [operand, null]
  const field = { label, error }
  const pair = { error, from: `${label}: from`, to: `${label}: to` }
  switch (kind) {
    case 'none':
      return null
    case 'values':
    case 'texts':
      return (
        <ValueInput
          label={label}
          placeholder={kind === 'texts' ? 'Text' : 'Value'}
          of={of}
          property={property}
          event={event}
          value={textsOf(operand)}
          onChange={onChange}
          error={error ? ' ' : null}
        />
      )
    case 'text':
      return (
        <TextInput
          aria-label={label}
          value={typeof operand === 'string' ? operand : ''}
          onChange={(typed) => onChange(typed.currentTarget.value)}
          error={error}
          w={200}
        />
      )
    case 'yes-no':
      return (
        <NativeSelect
          aria-label={label}
          data={[{ value: '', label: 'choose' }, 'yes', 'no']}
          value={operand === true ? 'yes' : operand === false ? 'no' : ''}
          onChange={(chosen) => onChange(chosen.currentTarget.value === '' ? null : chosen.currentTarget.value === 'yes')}
          error={error}
        />
      )
    case 'number':
    case 'length':
      return <NumberField {...field} whole={kind === 'length'} value={first} onChange={onChange} />
    case 'numbers':
      return (
        <Pair>
          <NumberField label={pair.from} error={error} value={first} onChange={(value) => onChange(replaceAt(operand, 0, value))} />
          <NumberField label={pair.to} error={error} value={second} onChange={(value) => onChange(replaceAt(operand, 1, value))} />
        </Pair>
      )
    case 'moment':
      return <MomentField {...field} value={first} onChange={onChange} />
    case 'moments':
      return (
        <Pair>
          <MomentField label={pair.from} error={error} value={first} onChange={(value) => onChange(replaceAt(operand, 0, value))} />
          <MomentField label={pair.to} error={error} value={second} onChange={(value) => onChange(replaceAt(operand, 1, value))} />
        </Pair>
      )
    case 'duration':
      return <DurationField {...field} value={operand} onChange={onChange} />
  }
}

const Pair = ({ children: [from, to] }: { children: [ReactNode, ReactNode] }) => (
  <Group gap={4} wrap="nowrap">
    {from}
    <Text span c="dimmed">
      and
    </Text>
    {to}
  </Group>
)
