import { type EventDefinition, eventLabel, type PropertyDefinition, propertyLabel } from '@kindred/model'
import { Button, Checkbox, Code, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { notifyDone, notifyError } from '../../app/notify.ts'

/** An event, or a property. */
export type Described = { kind: 'event'; thing: EventDefinition } | { kind: 'property'; thing: PropertyDefinition }

/** What the team writes about a name: label, description, whether it is shown, stood for and sensitive. */
export function Describe({ described, onClose }: { described: Described | null; onClose: () => void }) {
  return (
    <Modal opened={described !== null} onClose={onClose} title="Describe" closeButtonProps={{ 'aria-label': 'Close' }}>
      {described !== null && <Form key={described.thing.name} described={described} onClose={onClose} />}
    </Modal>
  )
}

function Form({ described, onClose }: { described: Described; onClose: () => void }) {
  const { kind, thing } = described
  const project = useProjectId()
  const refresh = useRefreshProject()
  const given = kind === 'event' ? eventLabel(thing.name) : propertyLabel(thing.name)
  const [draft, setDraft] = useState({
    label: thing.label === given ? '' : thing.label,
    description: thing.description,
    hidden: thing.hidden,
    verified: thing.verified,
    sensitive: kind === 'property' && thing.sensitive,
  })
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change })
  const save = useMutation({
    mutationFn: () => {
      const { label, sensitive, ...words } = draft
      const body = { name: thing.name, label: label.trim() === '' ? null : label.trim(), ...words }
      if (kind === 'event') return api.patch(projectPath(project, 'data/events'), body)
      return api.patch(projectPath(project, 'data/properties'), { ...body, of: thing.of, ...(sensitive === thing.sensitive ? {} : { sensitive }) })
    },
    onSuccess: async () => {
      await refresh()
      notifyDone(`“${draft.label.trim() || given}” is saved.`)
      onClose()
    },
    onError: notifyError,
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack>
        <Text c="dimmed">
          It comes in as <Code>{thing.name}</Code>, and that stays as it is.
        </Text>
        <TextInput label="Label" placeholder={given} maxLength={200} value={draft.label} onChange={(event) => set({ label: event.currentTarget.value })} />
        <Textarea
          label="Description"
          placeholder="When it is sent, by what, and what it means"
          autosize
          minRows={2}
          maxLength={2000}
          value={draft.description}
          onChange={(event) => set({ description: event.currentTarget.value })}
        />
        <Checkbox
          label="Verified"
          description="Somebody looked at it and stands for it."
          checked={draft.verified}
          onChange={(event) => set({ verified: event.currentTarget.checked })}
        />
        <Checkbox
          label="Hidden"
          description="Leaves the lists to choose from. What asks for it by name goes on working."
          checked={draft.hidden}
          onChange={(event) => set({ hidden: event.currentTarget.checked })}
        />
        {kind === 'property' && (
          <Checkbox
            label="Sensitive"
            description="Its values are masked on profiles and lists, left out of files, and never suggested."
            checked={draft.sensitive}
            onChange={(event) => set({ sensitive: event.currentTarget.checked })}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
