import { type EventTrait, eventTraits, type Trait, type TraitDefinition, type TraitPreview, traitDefinitionSchema } from '@kindred/model'
import { Alert, Box, Button, Group, JsonInput, Modal, NativeSelect, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { notifyDone } from '../app/notify.ts'
import { EventPicker } from '../data/event-picker.tsx'
import { PropertyPicker } from '../data/property-picker.tsx'
import { WhereRows } from '../segments/builder/where-rows.tsx'
import { WithinFields } from '../segments/builder/within-fields.tsx'
import { definitionOf, draftOf, nameOfLabel, newDraft, type TraitDraft, takesProperty, traitMistake, wayWords } from './trait-draft.ts'
import { TraitSpread } from './trait-spread.tsx'

/** Makes a trait, or changes one, with the fields that conditions have; what fields cannot show is changed as JSON. */
export function TraitForm({ trait, onClose }: { trait: Trait | null; onClose: () => void }) {
  const plain = trait === null ? newDraft : draftOf(trait)
  const [draft, setDraft] = useState<TraitDraft>(plain ?? { ...newDraft, label: trait?.label ?? '', description: trait?.description ?? '' })
  const [json, setJson] = useState(plain === null && trait !== null ? JSON.stringify(trait.definition, null, 2) : null)
  const [wrong, setWrong] = useState<string | null>(null)
  const project = useProjectId()
  const refresh = useRefreshProject()
  const definition = json === null ? definitionOf(draft) : parsed(json)
  const preview = useMutation({ mutationFn: (asked: TraitDefinition) => api.post<TraitPreview>(projectPath(project, 'traits/preview'), { definition: asked }) })
  const saving = useMutation({
    mutationFn: (written: TraitDefinition) => {
      const body = { label: draft.label.trim(), description: draft.description, definition: written }
      if (trait !== null) return api.put<Trait>(projectPath(project, `traits/${trait.name}`), body)
      return api.post<Trait>(projectPath(project, 'traits'), { ...body, name: nameOfLabel(draft.label) })
    },
    onSuccess: async ({ label }) => {
      onClose()
      await refresh()
      notifyDone(`Saved “${label}”.`)
    },
  })
  const mistake = json === null ? traitMistake(draft) : draft.label.trim() === '' ? 'Give it a name.' : definition === null ? 'The JSON cannot be read.' : null
  const run = (action: (written: TraitDefinition) => void) => {
    setWrong(mistake)
    if (mistake === null && definition !== null) action(definition)
  }
  const error = wrong ?? ((saving.error ?? preview.error) ? messageOf(saving.error ?? preview.error) : null)
  const set = (part: Partial<TraitDraft>) => setDraft({ ...draft, ...part })
  return (
    <Modal opened onClose={onClose} size="lg" title={trait === null ? 'New trait' : `Change “${trait.label}”`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <TextInput label="Name" value={draft.label} onChange={(event) => set({ label: event.currentTarget.value })} data-autofocus />
        <Textarea label="Description" autosize value={draft.description} onChange={(event) => set({ description: event.currentTarget.value })} />
        {json === null ? (
          <EventTraitFields draft={draft} set={set} wrong={wrong !== null} />
        ) : (
          <JsonInput label="Definition" autosize minRows={8} value={json} onChange={setJson} />
        )}
        {json === null && (
          <Button variant="subtle" size="compact-sm" onClick={() => setJson(JSON.stringify(definitionOf(draft), null, 2))} style={{ alignSelf: 'flex-start' }}>
            Write it as JSON: formulas and labels
          </Button>
        )}
        {error !== null && (
          <Alert color="red" role="alert">
            {error}
          </Alert>
        )}
        {preview.data && <TraitSpread preview={preview.data} unit={definition?.unit ?? draft.unit} />}
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

function EventTraitFields({ draft, set, wrong }: { draft: TraitDraft; set: (part: Partial<TraitDraft>) => void; wrong: boolean }) {
  return (
    <>
      <Group align="flex-end">
        <NativeSelect
          label="Of"
          data={[
            { value: 'person', label: 'Each person' },
            { value: 'account', label: 'Each account' },
          ]}
          value={draft.unit}
          onChange={(event) => set({ unit: event.currentTarget.value as 'person' })}
        />
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
      </Group>
      <WhereRows
        where={draft.where}
        event={typeof draft.event === 'string' ? draft.event : undefined}
        onChange={(where = []) => set({ where })}
        wrong={wrong}
      />
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
