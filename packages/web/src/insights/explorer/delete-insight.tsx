import type { SavedInsight } from '@kindred/model'
import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { notifyDone } from '../../app/notify.ts'

interface DeleteInsightProps {
  insight: SavedInsight
  opened: boolean
  onClose: () => void
}

/** Asks before a saved insight is deleted. */
export function DeleteInsight({ insight, opened, onClose }: DeleteInsightProps) {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const deleting = useMutation({
    mutationFn: () => api.delete(projectPath(project, `insights/${insight.id}`)),
    onSuccess: async () => {
      await navigate({ to: '/insights' })
      await refresh('insights')
      notifyDone(`Deleted “${insight.name}”.`)
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete “${insight.name}”?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Text>The question goes from the list. The data it was asked of stays.</Text>
        {deleting.error && (
          <Alert color="red" role="alert">
            {messageOf(deleting.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Keep
          </Button>
          <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
            Delete
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
