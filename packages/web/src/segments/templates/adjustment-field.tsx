import type { SegmentDefinition, TemplateAdjustment } from '@kindred/model'
import { Input, TagsInput, TextInput } from '@mantine/core'
import { DurationField } from '../../conditions/duration-field.tsx'
import { NumberField } from '../../conditions/number-field.tsx'
import { ValueInput } from '../../data/value-input.tsx'
import { propertyAt, valueAt } from './adjust.ts'

interface AdjustmentFieldProps {
  definition: SegmentDefinition
  adjustment: TemplateAdjustment
  onChange: (value: unknown) => void
}

/** One thing that may be changed before a template is used. */
export function AdjustmentField({ definition, adjustment: { label, path, as }, onChange }: AdjustmentFieldProps) {
  const value = valueAt(definition, path)
  switch (as) {
    case 'number':
      return (
        <Input.Wrapper label={label} labelElement="div">
          <NumberField label={label} value={value} onChange={onChange} error={value === null} />
        </Input.Wrapper>
      )
    case 'duration':
      return (
        <Input.Wrapper label={label} labelElement="div">
          <DurationField label={label} value={value} onChange={onChange} />
        </Input.Wrapper>
      )
    case 'text':
      return <TextInput label={label} value={String(value ?? '')} onChange={(event) => onChange(event.currentTarget.value)} />
    case 'texts':
      return <TextsField label={label} known={definition.unit === 'person' ? propertyAt(definition, path) : null} value={textsOf(value)} onChange={onChange} />
  }
}

interface TextsFieldProps {
  label: string
  known: { of: 'event' | 'person'; property: string } | null
  value: string[]
  onChange: (value: string[]) => void
}

/** Where the values are those of a property, the real ones are offered. */
function TextsField({ label, known, value, onChange }: TextsFieldProps) {
  if (known === null) return <TagsInput label={label} value={value} onChange={onChange} />
  return (
    <Input.Wrapper label={label} labelElement="div">
      <ValueInput label={label} {...known} value={value} onChange={onChange} />
    </Input.Wrapper>
  )
}

function textsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((each) => each !== undefined && each !== null).map(String)
}
