import type { Persona, PersonaDraft, PersonaSave, Segment } from '@kindred/model'
import { Alert, Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../../api/project.ts'
import { messageOf } from '../../../app/error-message.ts'
import { notifyDone } from '../../../app/notify.ts'

interface PersonaFormProps {
  segment: Segment
  persona: Persona | null
  onDone: () => void
}

const fields = [
  { key: 'needs', label: 'Needs', says: 'What they come for, what they value' },
  { key: 'objections', label: 'What holds them back', says: 'Why they hesitate, buy less or leave' },
  { key: 'talk', label: 'How to talk to them', says: 'Where they can be reached, in which words' },
] as const

/** Writes the persona; a draft from the numbers fills what is still empty. */
export function PersonaForm({ segment, persona, onDone }: PersonaFormProps) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const { name = '', needs = '', objections = '', talk = '' } = persona ?? {}
  const [save, setSave] = useState<PersonaSave>({ name, needs, objections, talk })
  const path = projectPath(project, `segments/${segment.id}/persona`)
  const done = async (says: string) => {
    await refresh()
    notifyDone(says)
    onDone()
  }
  const drafting = useMutation({
    mutationFn: () => api.get<PersonaDraft>(`${path}/draft`),
    onSuccess: (draft) =>
      setSave((now) => ({
        name: now.name || draft.name,
        needs: now.needs || draft.needs,
        objections: now.objections || draft.objections,
        talk: now.talk || draft.talk,
      })),
  })
  const saving = useMutation({ mutationFn: () => api.put<Persona>(path, save), onSuccess: () => done('Saved the persona.') })
  const deleting = useMutation({ mutationFn: () => api.delete(path), onSuccess: () => done('Deleted the persona.') })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  const error = drafting.error ?? saving.error ?? deleting.error
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Button variant="light" size="xs" w="fit-content" loading={drafting.isPending} onClick={() => drafting.mutate()}>
          Draft from the numbers
        </Button>
        <TextInput
          label="Name"
          placeholder="Careful Carla"
          required
          maxLength={200}
          maw={480}
          value={save.name}
          onChange={({ currentTarget: { value } }) => setSave((now) => ({ ...now, name: value }))}
        />
        {fields.map(({ key, label, says }) => (
          <Textarea
            key={key}
            label={label}
            description={says}
            autosize
            minRows={2}
            maxRows={10}
            maxLength={2000}
            value={save[key]}
            onChange={({ currentTarget: { value } }) => setSave((now) => ({ ...now, [key]: value }))}
          />
        ))}
        {error && (
          <Alert color="red" role="alert">
            {messageOf(error)}
          </Alert>
        )}
        <Group gap="xs">
          <Button type="submit" loading={saving.isPending} disabled={save.name.trim() === ''}>
            Save persona
          </Button>
          <Button variant="default" onClick={onDone}>
            Cancel
          </Button>
          {persona !== null && (
            <Button variant="subtle" color="red" ms="auto" loading={deleting.isPending} onClick={() => deleting.mutate()}>
              Delete
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
