import type { Segment } from '@kindred/model'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ApiError, api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { notifyDone } from '../../app/notify.ts'
import { UserList } from './user-list.tsx'

interface DeleteSegmentProps {
  segment: Segment
  opened: boolean
  onClose: () => void
}

/** Asks before a segment is deleted; one that others use is explained instead. */
export function DeleteSegment({ segment, opened, onClose }: DeleteSegmentProps) {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const deleting = useMutation({
    mutationFn: () => api.delete(projectPath(project, `segments/${segment.id}`)),
    onSuccess: async () => {
      await navigate({ to: '/segments' })
      await refresh('segments')
      notifyDone(`Deleted “${segment.name}”.`)
    },
  })
  const used = segment.usedBy.length > 0 || (deleting.error instanceof ApiError && deleting.error.code === 'segment/in-use')
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={used ? `“${segment.name}” is in use` : `Delete “${segment.name}”?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack>
        {used ? <InUse segment={segment} error={deleting.error} /> : <Text>The rule and its versions go. The people and their events stay.</Text>}
        {deleting.error && !used && (
          <Alert color="red" role="alert">
            {messageOf(deleting.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep
          </Button>
          {!used && (
            <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
              Delete
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}

function InUse({ segment, error }: { segment: Segment; error: Error | null }) {
  if (segment.usedBy.length === 0) return <Text>{messageOf(error)}</Text>
  return (
    <>
      <Text>These ask whether somebody is in it. Take it out of them first, then it can go.</Text>
      <UserList users={segment.usedBy} editing />
    </>
  )
}
