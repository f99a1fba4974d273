import {
  type DefinitionWarning,
  type EventTrait,
  eventTraits,
  type Trait,
  type TraitDefinition,
  type TraitPreview,
  traitDefinitionSchema,
} from '@kindred/model'
import { Alert, Box, Button, Group, JsonInput, Modal, NativeSelect, NumberInput, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { notifyDone, notifyWarning } from '../app/notify.ts'
import { EventPicker } from '../data/event-picker.tsx'
import { PropertyPicker } from '../data/property-picker.tsx'
import { DuringFields } from '../segments/builder/during-fields.tsx'
import { WhereRows } from '../segments/builder/where-rows.tsx'
import { WithinFields } from '../segments/builder/within-fields.tsx'
import { formulaMistakes } from './formula-draft.ts'
import { FormulaFields } from './formula-fields.tsx'
import { labelMistakes } from './labels-draft.ts'
import { LabelsFields } from './labels-fields.tsx'
import { definitionOf, draftOf, type EventsDraft, nameOfLabel, newDrafts, type TraitDraft, takesProperty, traitMistake, wayWords } from './trait-draft.ts'
import { TraitSpread } from './trait-spread.tsx'
import { UnitField } from './unit-field.tsx'

const kindWords: Record<TraitDraft['kind'], string> = { events: 'From events', formula: 'By a formula', labels: 'As a label' }

/** Makes a trait, or changes one: from events, by a formula over others, or as a label by segments and conditions; what fields cannot show is changed as JSON. */
export function TraitForm({ trait, onClose }: { trait: Trait | null; onClose: () => void }) {
  const plain = trait === null ? newDrafts.events : draftOf(trait)
  const [label, setLabel] = useState(trait?.label ?? '')
  const [description, setDescription] = useState(trait?.description ?? '')
  const [draft, setDraft] = useState<TraitDraft>(plain ?? newDrafts.events)
  const [json, setJson] = useState(plain === null && trait !== null ? JSON.stringify(trait.definition, null, 2) : null)
  const [wrong, setWrong] = useState<string | null>(null)
  const project = useProjectId()
  const refresh = useRefreshProject()
  const definition = json === null ? definitionOf(draft) : parsed(json)
  const preview = useMutation({ mutationFn: (asked: TraitDefinition) => api.post<TraitPreview>(projectPath(project, 'traits/preview'), { definition: asked }) })
  const saving = useMutation({
    mutationFn: (written: TraitDefinition) => {
      const body = { label: label.trim(), description, definition: written }
      if (trait !== null) return api.put<Trait>(projectPath(project, `traits/${trait.name}`), body)
      return api.post<Trait>(projectPath(project, 'traits'), { ...body, name: nameOfLabel(label) })
    },
    onSuccess: async ({ label: saved, warnings }) => {
      onClose()
      await refresh()
      if (warnings === undefined) notifyDone(`Saved “${saved}”.`)
      else notifyWarning(`Saved “${saved}”. Is it meant so? ${warnings.map(({ reason }) => reason).join('; ')}.`)
    },
  })
  const isOfLabels = json === null && draft.kind === 'labels'
  // Of another definition than the one that was tried, a warning may be over.
  const warnings = JSON.stringify(preview.variables) === JSON.stringify(definition) ? (preview.data?.warnings ?? []) : []
  const own = json === null ? traitMistake(draft) : definition === null ? 'The JSON cannot be read.' : null
  const mistake = label.trim() === '' ? 'Give it a name.' : own
  const run = (action: (written: TraitDefinition) => void) => {
    setWrong(mistake)
    if (mistake === null && definition !== null) action(definition)
  }
  const error = wrong ?? ((saving.error ?? preview.error) ? messageOf(saving.error ?? preview.error) : null)
  return (
    <Modal
      opened
      onClose={onClose}
      size={isOfLabels ? 'xl' : 'lg'}
      title={trait === null ? 'New trait' : `Change “${trait.label}”`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        <TextInput label="Name" value={label} onChange={(event) => setLabel(event.currentTarget.value)} data-autofocus />
        <Textarea label="Description" autosize value={description} onChange={(event) => setDescription(event.currentTarget.value)} />
        {json === null ? (
          <TraitFields draft={draft} onChange={setDraft} wrong={wrong !== null} warnings={warnings} />
        ) : (
          <JsonInput label="Definition" autosize minRows={8} value={json} onChange={setJson} />
        )}
        {json === null && (
          <Button variant="subtle" size="compact-sm" onClick={() => setJson(JSON.stringify(definitionOf(draft), null, 2))} style={{ alignSelf: 'flex-start' }}>
            Write it as JSON
          </Button>
        )}
        {error !== null && (
          <Alert color="red" role="alert">
            {error}
          </Alert>
        )}
        {preview.data && <TraitSpread preview={preview.data} unit={definition?.unit ?? draft.unit} withRows={isOfLabels} />}
        <Group justify="flex-end">
          <Button variant="default" loading={preview.isPending} onClick={() => run(preview.mutate)}>
            Try it
          </Button>
          <Button loading={saving.isPending} onClick={() => run(saving.mutate)}>
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

interface TraitFieldsProps<Draft> {
  draft: Draft
  onChange: (draft: TraitDraft) => void
  /** Whether what is missing is shown. */
  wrong: boolean
  /** What the last trial warned of. */
  warnings: readonly DefinitionWarning[]
}

function TraitFields({ draft, onChange, wrong, warnings }: TraitFieldsProps<TraitDraft>) {
  return (
    <>
      <SegmentedControl
        aria-label="How it is computed"
        styles={{ label: { paddingInline: 4 } }}
        data={Object.entries(kindWords).map(([value, label]) => ({ value, label }))}
        value={draft.kind}
        onChange={(kind) => onChange({ ...newDrafts[kind as TraitDraft['kind']], unit: draft.unit })}
      />
      {draft.kind === 'events' && <EventTraitFields draft={draft} onChange={onChange} wrong={wrong} />}
      {draft.kind === 'formula' && <FormulaFields draft={draft} onChange={onChange} mistakes={wrong ? formulaMistakes(draft) : null} />}
      {draft.kind === 'labels' && <LabelsFields draft={draft} onChange={onChange} mistakes={wrong ? labelMistakes(draft) : null} warnings={warnings} />}
    </>
  )
}

function EventTraitFields({ draft, onChange, wrong }: Omit<TraitFieldsProps<EventsDraft>, 'warnings'>) {
  const set = (part: Partial<EventsDraft>) => onChange({ ...draft, ...part })
  return (
    <>
      <Group align="flex-end">
        <UnitField value={draft.unit} onChange={(unit) => set({ unit })} />
        <NativeSelect
          label="Computed as"
          data={eventTraits.map((way) => ({ value: way, label: wayWords[way] }))}
          value={draft.way}
          onChange={(event) => set({ way: event.currentTarget.value as EventTrait })}
          flex={1}
        />
        {draft.way === 'topList' && <NumberInput label="How many" min={1} max={100} w={100} value={draft.n} onChange={(n) => set({ n: Number(n) || 1 })} />}
      </Group>
      {takesProperty(draft.way) && (
        <PropertyPicker
          label="Property"
          withLabel
          of={['event']}
          value={draft.property === '' ? null : { of: 'event', name: draft.property }}
          onChange={({ name }) => set({ property: name })}
        />
      )}
      <Box>
        <EventPicker label="Over the times they" withLabel value={draft.event} onChange={(event) => set({ event })} placeholder="Choose what they did" />
      </Box>
      <Group align="flex-start" gap="xs">
        <WithinFields within={draft.within} onChange={(within) => set({ within })} wrong={wrong} />
        <DuringFields during={draft.during ?? undefined} onChange={(during) => set({ during: during ?? null })} wrong={wrong} />
      </Group>
      <Group align="flex-start" gap="xs">
        <WhereRows
          where={draft.where}
          event={typeof draft.event === 'string' ? draft.event : undefined}
          onChange={(where = []) => set({ where })}
          wrong={wrong}
        />
      </Group>
    </>
  )
}

function parsed(json: string): TraitDefinition | null {
  try {
    return traitDefinitionSchema.safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}
