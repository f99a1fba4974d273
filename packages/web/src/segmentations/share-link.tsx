import type { Segmentation, Stakeholder } from '@kindred/model'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../api/project.ts'
import { CopyField } from '../app/copy-field.tsx'
import { notifyDone, notifyError } from '../app/notify.ts'

interface ShareLinkProps {
  segmentation: Segmentation
  /** Whose link: they may comment and sign with it. Left out: for reading alone. */
  stakeholder?: Stakeholder
}

/** Makes a link to the report. It is shown once, as only its hash is kept. */
export function ShareLink({ segmentation, stakeholder }: ShareLinkProps) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [link, setLink] = useState<string | null>(null)
  const path = projectPath(project, `segmentations/${segmentation.id}/links`)
  const making = useMutation({
    mutationFn: () => api.post<{ token: string }>(path, stakeholder === undefined ? {} : { stakeholder: stakeholder.id }),
    onSuccess: async ({ token }) => {
      setLink(`${window.location.origin}/shared#token=${token}`)
      await refresh(`segmentations/${segmentation.id}`)
    },
    onError: notifyError,
  })
  const closing = useMutation({
    mutationFn: () => api.delete(path),
    onSuccess: async () => {
      setLink(null)
      await refresh(`segmentations/${segmentation.id}`)
      notifyDone('All links to this report are closed.')
    },
    onError: notifyError,
  })
  return (
    <>
      <Button variant="default" size={stakeholder === undefined ? 'sm' : 'xs'} loading={making.isPending} onClick={() => making.mutate()}>
        {stakeholder === undefined ? 'Share' : 'Link to comment and sign'}
      </Button>
      <Modal opened={link !== null} onClose={() => setLink(null)} title="A link to the report" closeButtonProps={{ 'aria-label': 'Close' }}>
        <Stack>
          <Text>
            {stakeholder === undefined
              ? 'Whoever has this link can read the report, without signing in.'
              : `With this link ${stakeholder.name} can read the report, comment on it and sign it off. Send it to nobody else.`}
          </Text>
          <CopyField label="Link, shown this once" value={link ?? ''} />
          <Group justify="space-between">
            <Button variant="subtle" color="red" loading={closing.isPending} onClick={() => closing.mutate()}>
              Close all links
            </Button>
            <Button onClick={() => setLink(null)}>Done</Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
