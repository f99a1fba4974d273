import type { Segmentation } from '@kindred/model'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../api/project.ts'
import { notifyError } from '../app/notify.ts'
import { Comments, SignatureState } from './comments.tsx'
import { ShareLink } from './share-link.tsx'

/** Who has signed what stands there, and what was said. */
export function Agreement({ segmentation }: { segmentation: Segmentation }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const path = (rest: string) => projectPath(project, `segmentations/${segmentation.id}/${rest}`)
  const sending = useMutation({
    mutationFn: ({ rest, body }: { rest: string; body: object }) => api.post(path(rest), body),
    onSuccess: () => refresh(),
    onError: notifyError,
  })
  const { stakeholders } = segmentation.segmentation
  return (
    <Stack gap="lg" maw={760}>
      <section aria-labelledby="signatures">
        <Title order={2} mb="xs" id="signatures">
          Signatures
        </Title>
        {stakeholders.length === 0 && <Text c="dimmed">Name the stakeholders under Objective first.</Text>}
        <Stack gap="xs">
          {stakeholders.map((stakeholder) => (
            <Group key={stakeholder.id} justify="space-between">
              <SignatureState stakeholder={stakeholder} signOffs={segmentation.signOffs} />
              <Group gap="xs">
                <ShareLink segmentation={segmentation} stakeholder={stakeholder} />
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => sending.mutate({ rest: 'sign-offs', body: { stakeholder: stakeholder.id } })}
                  loading={sending.isPending}
                >
                  Record that they agreed
                </Button>
              </Group>
            </Group>
          ))}
        </Stack>
      </section>
      <Comments comments={segmentation.comments} onSend={(text) => sending.mutateAsync({ rest: 'comments', body: { text } })} />
    </Stack>
  )
}
