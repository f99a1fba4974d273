import type { Segment } from '@kindred/model'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { ApiError, api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { notifyDone, notifyError } from '../../app/notify.ts'
import { UserList } from './user-list.tsx'

const isInUse = (error: Error) => error instanceof ApiError && error.code === 'segment/in-use'

/** Puts a segment into the archive, or takes it out; of one in use it first tells what uses it, and then does as the reader decides. */
export function ArchiveButton({ segment }: { segment: Segment }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [asking, { open, close }] = useDisclosure()
  const path = projectPath(project, `segments/${segment.id}`)
  const archiving = useMutation({
    mutationFn: (force: boolean) => api.post<Segment>(`${path}/archive`, { force }),
    onSuccess: async () => {
      close()
      await refresh()
      notifyDone(`“${segment.name}” is in the archive.`)
    },
    onError: async (error) => {
      if (!isInUse(error)) return notifyError(error)
      // Something began to use it since this page was read.
      await refresh()
      open()
    },
  })
  const bringingBack = useMutation({
    mutationFn: () => api.post<Segment>(`${path}/unarchive`),
    onSuccess: async () => {
      await refresh()
      notifyDone(`“${segment.name}” is out of the archive.`)
    },
    onError: notifyError,
  })
  if (segment.archivedAt !== null)
    return (
      <Button variant="default" loading={bringingBack.isPending} onClick={() => bringingBack.mutate()}>
        Take out of the archive
      </Button>
    )
  return (
    <>
      <Button variant="default" loading={archiving.isPending} onClick={() => (segment.usedBy.length > 0 ? open() : archiving.mutate(false))}>
        Put into the archive
      </Button>
      <Modal opened={asking} onClose={close} title={`“${segment.name}” is in use`} closeButtonProps={{ 'aria-label': 'Close' }}>
        <Stack>
          <Text>These ask who is in it. They go on by its rule; it leaves the lists, and its members are not computed any more.</Text>
          <UserList users={segment.usedBy} />
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep
            </Button>
            <Button loading={archiving.isPending} onClick={() => archiving.mutate(true)}>
              Archive all the same
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
