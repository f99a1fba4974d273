import type { CorrectionStep, JsonValue } from '@kindred/model'
import { ActionIcon, Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '../../app/icons.tsx'

const kinds = {
  event: 'Name the event',
  rename: 'Rename a property',
  set: 'Set a property',
  remove: 'Remove a property',
  person: 'Take the person’s id from a property',
  time: 'Use the time of arrival',
} as const
type StepKind = keyof typeof kinds

/** A step as it is being written. */
export interface StepDraft {
  key: number
  kind: StepKind
  /** Of the property. */
  name: string
  value: string
}

const needsName: readonly StepKind[] = ['rename', 'set', 'remove', 'person']
const valueLabels: Partial<Record<StepKind, string>> = { event: 'Event name', rename: 'New name', set: 'Value' }

/** The steps that are written whole. */
export function stepsOf(drafts: readonly StepDraft[]): CorrectionStep[] {
  return drafts.filter(isWhole).map(stepOf)
}

function isWhole({ kind, name, value }: StepDraft): boolean {
  if (needsName.includes(kind) && name.trim() === '') return false
  return valueLabels[kind] === undefined || kind === 'set' || value.trim() !== ''
}

function stepOf({ kind, name, value }: StepDraft): CorrectionStep {
  const property = `properties.${name.trim()}`
  if (kind === 'event') return { set: 'event', to: value.trim() }
  if (kind === 'rename') return { rename: property, to: `properties.${value.trim()}` }
  if (kind === 'set') return { set: property, to: readValue(value) }
  if (kind === 'remove') return { remove: property }
  return kind === 'person' ? { rename: property, to: 'distinct_id' } : { remove: 'timestamp' }
}

/** `12`, `true` and `["a"]` are what JSON says they are; all else is text. */
function readValue(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue
  } catch {
    return text
  }
}

interface StepsProps {
  drafts: StepDraft[]
  onChange: (drafts: StepDraft[]) => void
}

export function CorrectionSteps({ drafts, onChange }: StepsProps) {
  const change = (key: number, next: Partial<StepDraft>) => onChange(drafts.map((each) => (each.key === key ? { ...each, ...next } : each)))
  return (
    <Stack gap="xs">
      {drafts.map(({ key, kind, name, value }) => (
        <Group key={key} gap="xs" align="flex-end">
          <NativeSelect
            aria-label="What to change"
            data={Object.entries(kinds).map(([each, label]) => ({ value: each, label }))}
            value={kind}
            onChange={({ currentTarget }) => change(key, { kind: currentTarget.value as StepKind })}
          />
          {needsName.includes(kind) && (
            <TextInput aria-label="Property" placeholder="Property" value={name} onChange={({ currentTarget }) => change(key, { name: currentTarget.value })} />
          )}
          {valueLabels[kind] !== undefined && (
            <TextInput
              aria-label={valueLabels[kind]}
              placeholder={valueLabels[kind]}
              value={value}
              onChange={({ currentTarget }) => change(key, { value: currentTarget.value })}
            />
          )}
          {drafts.length > 1 && (
            <ActionIcon variant="subtle" color="gray" aria-label="Remove this step" onClick={() => onChange(drafts.filter((each) => each.key !== key))}>
              <IconTrash size={16} />
            </ActionIcon>
          )}
        </Group>
      ))}
      <Button
        variant="subtle"
        size="xs"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...drafts, { key: Math.max(...drafts.map(({ key }) => key)) + 1, kind: 'rename', name: '', value: '' }])}
      >
        Another change
      </Button>
    </Stack>
  )
}
