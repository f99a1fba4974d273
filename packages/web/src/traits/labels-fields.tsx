import type { Segment } from '@kindred/model'
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useProjectList } from '../api/project.ts'
import { type LabelMistakes, type LabelRow, type LabelsDraft, labelsWords, mostLabels } from './labels-draft.ts'
import { UnitField } from './unit-field.tsx'

interface LabelsFieldsProps {
  draft: LabelsDraft
  onChange: (draft: LabelsDraft) => void
  /** Shown at their fields. */
  mistakes: readonly LabelMistakes[] | null
}

/** A label for each segment; the first row that holds gives its own. */
export function LabelsFields({ draft, onChange, mistakes }: LabelsFieldsProps) {
  const { data = [] } = useProjectList<Segment>('segments')
  const segments = data.filter(({ unit }) => unit === draft.unit)
  const set = (part: Partial<LabelsDraft>) => onChange({ ...draft, ...part })
  // Rows have no identity of their own: one is given to each, so that a removed row takes its fields along.
  const [keys, setKeys] = useState(() => draft.first.map(() => crypto.randomUUID()))
  return (
    <Stack gap="xs">
      <UnitField value={draft.unit} onChange={(unit) => set({ unit, first: draft.first.map((each) => ({ ...each, segment: null })) })} />
      {draft.first.map((row, index) => (
        <LabelFields
          key={keys[index] ?? index}
          place={index + 1}
          row={row}
          segments={segments}
          mistakes={mistakes?.[index] ?? null}
          onChange={(changed) => set({ first: draft.first.map((each, place) => (place === index ? changed : each)) })}
          onRemove={
            draft.first.length === 1
              ? null
              : () => {
                  setKeys(keys.filter((_, place) => place !== index))
                  set({ first: draft.first.filter((_, place) => place !== index) })
                }
          }
        />
      ))}
      {draft.first.length < mostLabels && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
          onClick={() => {
            setKeys([...keys, crypto.randomUUID()])
            set({ first: [...draft.first, { label: '', segment: null }] })
          }}
        >
          Add a label
        </Button>
      )}
      <TextInput
        label="Everyone else"
        description="Left empty: they have no value"
        value={draft.otherwise}
        onChange={(event) => set({ otherwise: event.currentTarget.value })}
        maxLength={200}
      />
      <Text c="dimmed" aria-live="polite">
        {labelsWords(draft, (id) => data.find((each) => each.id === id)?.name)}
      </Text>
    </Stack>
  )
}

interface LabelFieldsProps {
  place: number
  row: LabelRow
  segments: readonly Segment[]
  mistakes: LabelMistakes | null
  onChange: (row: LabelRow) => void
  /** Null: the last one stays. */
  onRemove: (() => void) | null
}

function LabelFields({ place, row, segments, mistakes, onChange, onRemove }: LabelFieldsProps) {
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap" role="group" aria-label={`Label ${place}`}>
      <TextInput
        aria-label={`Label ${place}`}
        placeholder="Label"
        value={row.label}
        onChange={(event) => onChange({ ...row, label: event.currentTarget.value })}
        error={mistakes?.label ?? null}
        maxLength={200}
        flex={1}
      />
      {row.written === undefined ? (
        <Select
          aria-label={`Who has label ${place}`}
          placeholder="Those in the segment"
          data={segments.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={row.segment === null ? null : String(row.segment)}
          onChange={(segment) => onChange({ ...row, segment: segment === null ? null : Number(segment) })}
          error={mistakes?.segment ?? null}
          searchable
          flex={1}
        />
      ) : (
        <Text flex={1} mt={6} c="dimmed">
          whom the condition keeps that was written as JSON
        </Text>
      )}
      {onRemove !== null && (
        <ActionIcon variant="subtle" color="gray" mt={4} aria-label={`Remove label ${place}`} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </Group>
  )
}
