import type { Segment, SegmentDefinition } from '@kindred/model'
import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { notifyDone } from '../../app/notify.ts'
import { WhatIf } from './what-if.tsx'

interface SaveSegmentProps {
  segment: Segment | null
  /** The version that was opened to be changed. */
  version: number | undefined
  definition: SegmentDefinition
  /** The name is offered from it. */
  sentence: string
  suggestedName: string
  opened: boolean
  onClose: () => void
}

/** Asks for a name and keeps the definition: a new segment, or a new version of one. */
export function SaveSegment({ opened, onClose, ...form }: SaveSegmentProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={form.segment === null ? 'Save this segment' : 'Save a new version'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <SaveForm {...form} />
    </Modal>
  )
}

function SaveForm({ segment, version, definition, sentence, suggestedName }: Omit<SaveSegmentProps, 'opened' | 'onClose'>) {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const client = useQueryClient()
  // The sentence that a name is offered from may come after the form is open.
  const [typed, setTyped] = useState<string | null>(null)
  const name = typed ?? segment?.name ?? suggestedName
  const [description, setDescription] = useState(segment?.description ?? '')
  const saving = useMutation({
    mutationFn: () => {
      const body = { name: name.trim(), description, definition }
      return segment === null
        ? api.post<Segment>(projectPath(project, 'segments'), body)
        : api.put<Segment>(projectPath(project, `segments/${segment.id}`), { ...body, version })
    },
    onSuccess: async (saved) => {
      client.removeQueries({ queryKey: ['project', project, `segments/${saved.id}/members`] })
      await refresh()
      const failed = saved.failedTests ?? []
      notifyDone(failed.length === 0 ? `Saved “${saved.name}”.` : `Saved “${saved.name}”. ${failed.length} of its sample people come out wrong: see Tests.`)
      await navigate({ to: '/segments/$segmentId', params: { segmentId: String(saved.id) } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>{sentence}</Text>
        {segment !== null && <WhatIf segmentId={segment.id} definition={definition} />}
        <TextInput label="Name" value={name} onChange={(event) => setTyped(event.currentTarget.value)} required maxLength={200} data-autofocus />
        <Textarea
          label="Description"
          description="What it is for, so that others can trust it"
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={2000}
        />
        {saving.error && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending} disabled={name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
