import { ActionIcon, Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { IconPlus, IconX } from '../app/icons.tsx'
import { newId } from '../app/new-id.ts'
import { Picker } from '../data/picker.tsx'
import { PropertyPicker } from '../data/property-picker.tsx'
import { useTraits } from '../data/traits.ts'
import { type FormulaDraft, type FormulaMistakes, formulaWords, letterOf, mostOperands, type OperandDraft, withoutOperand } from './formula-draft.ts'
import { UnitField } from './unit-field.tsx'

interface FormulaFieldsProps {
  draft: FormulaDraft
  onChange: (draft: FormulaDraft) => void
  /** Shown at their fields. */
  mistakes: FormulaMistakes | null
}

/** A formula over traits and properties, each letter a row. */
export function FormulaFields({ draft, onChange, mistakes }: FormulaFieldsProps) {
  const traits = useTraits()
  const labelOf = (name: string) => traits?.find((each) => each.name === name)?.label ?? name
  const set = (part: Partial<FormulaDraft>) => onChange({ ...draft, ...part })
  const names = draft.of.map((operand) => (operand.is === 'written' ? 'what was written' : operand.is === 'trait' ? labelOf(operand.name) : operand.name))
  // Rows have no identity of their own: one is given to each, so that a removed row takes its fields along.
  const [keys, setKeys] = useState(() => draft.of.map(() => newId()))
  return (
    <Stack gap="xs">
      <Group align="flex-start">
        <UnitField value={draft.unit} onChange={(unit) => set({ unit, of: draft.of.map((each) => (each.is === 'trait' ? { ...each, name: '' } : each)) })} />
        <TextInput
          label="Formula"
          spellCheck={false}
          value={draft.text}
          onChange={(event) => set({ text: event.currentTarget.value })}
          error={mistakes?.text ?? null}
          flex={1}
        />
        <NumberInput label="No less than" w={120} value={draft.floor ?? ''} onChange={(floor) => set({ floor: typeof floor === 'number' ? floor : null })} />
      </Group>
      {draft.of.map((operand, index) => (
        <OperandRow
          key={keys[index] ?? index}
          letter={letterOf(index)}
          operand={operand}
          unit={draft.unit}
          mistake={mistakes?.of[index] ?? null}
          onChange={(changed) => set({ of: draft.of.map((each, place) => (place === index ? changed : each)) })}
          onRemove={
            draft.of.length === 1
              ? null
              : () => {
                  setKeys(keys.filter((_, place) => place !== index))
                  onChange(withoutOperand(draft, index))
                }
          }
        />
      ))}
      {draft.of.length < mostOperands && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => {
            setKeys([...keys, newId()])
            set({ of: [...draft.of, { is: 'trait', name: '' }] })
          }}
        >
          Add what {letterOf(draft.of.length)} stands for
        </Button>
      )}
      <Text c="dimmed" aria-live="polite">
        {formulaWords(draft, names)}
      </Text>
    </Stack>
  )
}

interface OperandRowProps {
  letter: string
  operand: OperandDraft
  unit: 'person' | 'account'
  mistake: string | null
  onChange: (operand: OperandDraft) => void
  /** Null: the last one stays. */
  onRemove: (() => void) | null
}

function OperandRow({ letter, operand, unit, mistake, onChange, onRemove }: OperandRowProps) {
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap" role="group" aria-label={`${letter} stands for`}>
      <Text fw={600} w={20} mt={6}>
        {letter}
      </Text>
      {operand.is === 'written' ? (
        <Text flex={1} mt={6} c="dimmed">
          what was written as JSON
        </Text>
      ) : (
        <>
          <NativeSelect
            aria-label={`${letter} is`}
            data={[
              { value: 'trait', label: 'a trait' },
              { value: 'property', label: 'a property' },
            ]}
            value={operand.is}
            onChange={(event) => onChange({ is: event.currentTarget.value as 'trait', name: '' })}
          />
          {operand.is === 'trait' ? (
            <TraitPicker label={`Trait for ${letter}`} unit={unit} name={operand.name} mistake={mistake} onChange={(name) => onChange({ is: 'trait', name })} />
          ) : (
            <PropertyPicker
              label={`Property for ${letter}`}
              of={[unit]}
              value={operand.name === '' ? null : { of: unit, name: operand.name }}
              onChange={({ name }) => onChange({ is: 'property', name })}
              error={mistake}
            />
          )}
        </>
      )}
      {onRemove !== null && (
        <ActionIcon variant="subtle" color="gray" mt={4} aria-label={`Remove ${letter}`} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  )
}

interface TraitPickerProps {
  label: string
  unit: 'person' | 'account'
  name: string
  mistake: string | null
  onChange: (name: string) => void
}

/** The traits that are numbers, of people or of accounts. */
function TraitPicker({ label, unit, name, mistake, onChange }: TraitPickerProps) {
  const traits = (useTraits() ?? []).filter((each) => each.type === 'number' && each.unit === unit)
  const groups = [
    { label: 'Ready made', options: traits.filter(({ builtIn }) => builtIn) },
    { label: 'Of this project', options: traits.filter(({ builtIn }) => !builtIn) },
  ].filter(({ options }) => options.length > 0)
  return (
    <Picker
      label={label}
      placeholder="Choose a trait"
      groups={groups.map((group) => ({
        label: group.label,
        options: group.options.map((each) => ({ value: each.name, label: each.label, name: each.name })),
      }))}
      value={name === '' ? null : name}
      valueLabel={traits.find((each) => each.name === name)?.label ?? name}
      onChange={onChange}
      onFreeText={onChange}
      error={mistake}
    />
  )
}
