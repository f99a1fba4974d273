import type { ApiKey, ApiKeyCreated } from '@kindred/model'
import { Button, Code, Group, Modal, ScrollArea, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectList, useRefreshProject } from '../api/project.ts'
import { CopyField } from '../app/copy-field.tsx'
import { formatDate, formatRelative } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { notifyError } from '../app/notify.ts'
import { Section } from './section.tsx'

/** Keys with which programs read and change this project. The secret is shown once, when a key is made. */
export function ApiKeys() {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const query = useProjectList<ApiKey>('keys')
  const [name, setName] = useState('')
  const [leaving, setLeaving] = useState<ApiKey | null>(null)
  const creating = useMutation({
    mutationFn: () => api.post<ApiKeyCreated>(projectPath(project, 'keys'), { name: name.trim() }),
    onSuccess: () => {
      setName('')
      return refresh('keys')
    },
    onError: notifyError,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    creating.mutate()
  }
  return (
    <Section title="API keys" says="For programs that read people and segments or run imports. Treat a key like a password.">
      <form onSubmit={submit}>
        <Group align="flex-end">
          <TextInput
            label="Name of a new key"
            placeholder="Nightly export"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={100}
            flex="1 1 200px"
          />
          <Button type="submit" loading={creating.isPending} disabled={name.trim() === ''}>
            Make a key
          </Button>
        </Group>
      </form>
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

function KeyTable({ keys, onDelete }: { keys: ApiKey[]; onDelete: (key: ApiKey) => void }) {
  if (keys.length === 0) return <Text c="dimmed">No key yet.</Text>
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'API keys' }}>
      <Table miw={480}>
        <caption className="kindred-hidden">API keys of this project</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">Begins with</Table.Th>
            <Table.Th scope="col">Made</Table.Th>
            <Table.Th scope="col">Last used</Table.Th>
            <Table.Th>
              <span className="kindred-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id}>
              <Table.Td>{key.name}</Table.Td>
              <Table.Td>
                <Code>{key.prefix}…</Code>
              </Table.Td>
              <Table.Td>{formatDate(key.createdAt)}</Table.Td>
              <Table.Td>{key.lastUsedAt === null ? 'never' : formatRelative(key.lastUsedAt)}</Table.Td>
              <Table.Td ta="right">
                <Button variant="subtle" color="red" size="xs" onClick={() => onDelete(key)} aria-label={`Delete the key ${key.name}`}>
                  Delete
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
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
