import type { Segment } from '@kindred/model'
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { IconListDetails } from '../../app/icons.tsx'

/** Makes an empty list and opens the page where it is filled. */
export function NewList() {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" leftSection={<IconListDetails size={16} aria-hidden />} onClick={open}>
        New list
      </Button>
      <Modal opened={opened} onClose={close} title="A list of people" closeButtonProps={{ 'aria-label': 'Close' }}>
        <ListForm />
      </Modal>
    </>
  )
}

function ListForm() {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const [name, setName] = useState('')
  const making = useMutation({
    mutationFn: () => api.post<Segment>(projectPath(project, 'segments/lists'), { name: name.trim() }),
    onSuccess: async (list) => {
      await refresh('segments')
      await navigate({ to: '/segments/$segmentId', params: { segmentId: String(list.id) }, search: { tab: 'definition' } as never })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    making.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label="Name"
          description="It is filled from a CSV file next"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          required
          maxLength={200}
          data-autofocus
        />
        {making.error && (
          <Alert color="red" role="alert">
            {messageOf(making.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={making.isPending} disabled={name.trim() === ''}>
            Make the list
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
