import type { Segmentation } from '@kindred/model'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../api/project.ts'
import { notifyDone, notifyError } from '../app/notify.ts'
import { ShareLink } from './share-link.tsx'

/** What can be done with a whole segmentation. */
export function SegmentationMenu({ segmentation }: { segmentation: Segmentation }) {
  const [asking, setAsking] = useState(false)
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const deleting = useMutation({
    mutationFn: () => api.delete(projectPath(project, `segmentations/${segmentation.id}`)),
    onSuccess: async () => {
      await navigate({ to: '/segmentations' })
      await refresh('segmentations')
      notifyDone(`Deleted “${segmentation.segmentation.name}”.`)
    },
    onError: notifyError,
  })
  return (
    <Group gap="xs">
      <ShareLink segmentation={segmentation} />
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title="Delete this segmentation?" closeButtonProps={{ 'aria-label': 'Close' }}>
        <Stack>
          <Text>Its steps, comments and signatures go, and its links open nothing any more. The segments stay.</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              Keep
            </Button>
            <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
              Delete
            </Button>
          </Group>
        </Stack>
      </Modal>
    </Group>
  )
}
