import type { ApiKey, ApiKeyCreated } from '@kindred/model'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectList, useRefreshProject } from '../api/project.ts'
import { CopyField } from '../app/copy-field.tsx'
import { Loaded } from '../app/loaded.tsx'
import { notifyError } from '../app/notify.ts'
import { KeyForm, type NewKey } from './key-form.tsx'
import { KeyTable } from './key-table.tsx'
import { Section } from './section.tsx'

/** Keys with which programs read and change this project. The secret is shown once, when a key is made. */
export function ApiKeys() {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const query = useProjectList<ApiKey>('keys')
  const [leaving, setLeaving] = useState<ApiKey | null>(null)
  const creating = useMutation({
    mutationFn: (key: NewKey) => api.post<ApiKeyCreated>(projectPath(project, 'keys'), key),
    onSuccess: () => refresh('keys'),
    onError: notifyError,
  })
  return (
    <Section title="API keys" says="For programs that use this project. Give each its own key, with no more than it needs, and treat it like a password.">
      <KeyForm key={creating.data?.id} busy={creating.isPending} onMake={(key) => creating.mutate(key)} />
      {creating.data && (
        <Stack gap="xs" role="status">
          <Text fw={500}>“{creating.data.name}” is made. Copy it now: it is not shown again.</Text>
          <CopyField label="Secret key" value={creating.data.secret} />
        </Stack>
      )}
      <Loaded query={query}>{(keys) => <KeyTable keys={keys} onDelete={setLeaving} />}</Loaded>
      <DeleteKey apiKey={leaving} onClose={() => setLeaving(null)} />
    </Section>
  )
}

function DeleteKey({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const deleting = useMutation({
    mutationFn: (id: number) => api.delete(projectPath(project, `keys/${id}`)),
    onSuccess: async () => {
      await refresh('keys')
      onClose()
    },
    onError: notifyError,
  })
  return (
    <Modal opened={apiKey !== null} onClose={onClose} title={`Delete the key “${apiKey?.name ?? ''}”?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Text mb="md">Programs that use it are refused from this moment on. This cannot be undone.</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={deleting.isPending} onClick={() => apiKey && deleting.mutate(apiKey.id)}>
          Delete
        </Button>
      </Group>
    </Modal>
  )
}
