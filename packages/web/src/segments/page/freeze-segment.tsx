import type { Segment } from '@kindred/model'
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatDate } from '../../app/format.ts'
import { notifyDone } from '../../app/notify.ts'

interface FreezeSegmentProps {
  segment: Segment
  opened: boolean
  onClose: () => void
}

/** Keeps those who are in the segment now as a list of its own. */
export function FreezeSegment({ segment, opened, onClose }: FreezeSegmentProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Freeze “${segment.name}” as a list`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <FreezeForm segment={segment} onDone={onClose} />
    </Modal>
  )
}

function FreezeForm({ segment, onDone }: { segment: Segment; onDone: () => void }) {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const [name, setName] = useState(`${segment.name}, ${formatDate(Date.now())}`)
  const freezing = useMutation({
    mutationFn: () => api.post<Segment>(projectPath(project, `segments/${segment.id}/freeze`), { name: name.trim() }),
    onSuccess: async (list) => {
      onDone()
      await refresh('segments')
      notifyDone(`Saved “${list.name}”.`)
      await navigate({ to: '/segments/$segmentId', params: { segmentId: String(list.id) } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    freezing.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Text>Exactly the {segment.unit === 'account' ? 'accounts' : 'people'} who are in it now, whatever they do later. The segment itself goes on.</Text>
        <TextInput label="Name of the list" value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={200} data-autofocus />
        {freezing.error && (
          <Alert color="red" role="alert">
            {messageOf(freezing.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={freezing.isPending} disabled={name.trim() === ''}>
            Freeze
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
