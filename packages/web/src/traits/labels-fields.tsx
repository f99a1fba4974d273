import type { DefinitionWarning, Segment } from '@kindred/model'
import { ActionIcon, Button, Group, NativeSelect, Paper, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useProjectList } from '../api/project.ts'
import { IconPlus, IconX } from '../app/icons.tsx'
import { newId } from '../app/new-id.ts'
import { LabelConditions } from './label-conditions.tsx'
import { type LabelMistakes, type LabelRow, type LabelsDraft, labelsWords, mostLabels, newLabelRow, noConditions, warningsOfLabel } from './labels-draft.ts'
import { UnitField } from './unit-field.tsx'

interface LabelsFieldsProps {
  draft: LabelsDraft
  onChange: (draft: LabelsDraft) => void
  /** Shown at their fields. */
  mistakes: readonly LabelMistakes[] | null
  /** What the last trial warned of, at paths of the definition. */
  warnings: readonly DefinitionWarning[]
}

/** A label for each segment or group of conditions; the first row that holds gives its own. */
export function LabelsFields({ draft, onChange, mistakes, warnings }: LabelsFieldsProps) {
  const { data = [] } = useProjectList<Segment>('segments')
  const segments = data.filter(({ unit }) => unit === draft.unit)
  const set = (part: Partial<LabelsDraft>) => onChange({ ...draft, ...part })
  // Rows have no identity of their own: one is given to each, so that a removed row takes its fields along.
  const [keys, setKeys] = useState(() => draft.first.map(() => newId()))
  return (
    <Stack gap="xs">
      <UnitField
        value={draft.unit}
        onChange={(unit) =>
          set({ unit, first: draft.first.map(({ label, who }) => ({ label, who: who.is === 'segment' ? newLabelRow.who : noConditions() })) })
        }
      />
      {draft.first.map((row, index) => (
        <LabelFields
          key={keys[index] ?? index}
          place={index + 1}
          unit={draft.unit}
          row={row}
          segments={segments}
          mistakes={mistakes?.[index] ?? null}
          warnings={warningsOfLabel(warnings, index)}
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
            setKeys([...keys, newId()])
            set({ first: [...draft.first, newLabelRow] })
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
  unit: LabelsDraft['unit']
  row: LabelRow
  segments: readonly Segment[]
  mistakes: LabelMistakes | null
  warnings: readonly DefinitionWarning[]
  onChange: (row: LabelRow) => void
  /** Null: the last one stays. */
  onRemove: (() => void) | null
}

function LabelFields({ place, unit, row, segments, mistakes, warnings, onChange, onRemove }: LabelFieldsProps) {
  const { who } = row
  return (
    <Paper withBorder p="xs" role="group" aria-label={`Label ${place}`}>
      <Group align="flex-start" gap="xs">
        <TextInput
          aria-label={`Label ${place}`}
          placeholder="Label"
          value={row.label}
          onChange={(event) => onChange({ ...row, label: event.currentTarget.value })}
          error={mistakes?.label ?? null}
          maxLength={200}
          flex="1 1 96px"
        />
        <NativeSelect
          aria-label={`How label ${place} is given`}
          data={[
            { value: 'segment', label: 'to a segment' },
            { value: 'conditions', label: 'by conditions' },
          ]}
          value={who.is}
          onChange={(event) => onChange({ ...row, who: event.currentTarget.value === 'segment' ? newLabelRow.who : noConditions() })}
        />
        {who.is === 'segment' && (
          <Select
            aria-label={`Who has label ${place}`}
            placeholder="Those in the segment"
            data={segments.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={who.segment === null ? null : String(who.segment)}
            onChange={(segment) => onChange({ ...row, who: { is: 'segment', segment: segment === null ? null : Number(segment) } })}
            error={mistakes?.who ?? null}
            searchable
            flex="1 1 180px"
          />
        )}
        {onRemove !== null && (
          <ActionIcon variant="subtle" color="gray" mt={4} ml="auto" aria-label={`Remove label ${place}`} onClick={onRemove}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {who.is === 'conditions' && (
        <>
          <LabelConditions
            unit={unit}
            root={who.root}
            wrong={mistakes !== null && mistakes.who !== null}
            warnings={warnings}
            onChange={(change) => onChange({ ...row, who: { is: 'conditions', root: change(who.root) } })}
          />
          {mistakes !== null && mistakes.who !== null && (
            <Text size="xs" c="var(--mantine-color-error)" role="status" mt={4}>
              {mistakes.who}
            </Text>
          )}
        </>
      )}
    </Paper>
  )
}
