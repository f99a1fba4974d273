import { type ApiKey, scopeWords } from '@kindred/model'
import { Badge, Button, Code, Group, ScrollArea, Table, Text } from '@mantine/core'
import { formatDate, formatRelative } from '../app/format.ts'

interface KeyTableProps {
  keys: ApiKey[]
  onDelete: (key: ApiKey) => void
}

/** The project's keys: what each may do, when it was used and until when it opens anything. */
export function KeyTable({ keys, onDelete }: KeyTableProps) {
  if (keys.length === 0) return <Text c="dimmed">No key yet.</Text>
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'API keys' }}>
      <Table miw={640}>
        <caption className="kindred-hidden">API keys of this project</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Name</Table.Th>
            <Table.Th scope="col">May</Table.Th>
            <Table.Th scope="col">Made</Table.Th>
            <Table.Th scope="col">Last used</Table.Th>
            <Table.Th scope="col">Ends</Table.Th>
            <Table.Th>
              <span className="kindred-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <KeyLine key={key.id} apiKey={key} onDelete={() => onDelete(key)} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function KeyLine({ apiKey, onDelete }: { apiKey: ApiKey; onDelete: () => void }) {
  const { name, prefix, scopes, createdAt, lastUsedAt, expiresAt } = apiKey
  return (
    <Table.Tr>
      <Table.Td>
        {name} <Code>{prefix}…</Code>
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {scopes.map((scope) => (
            <Badge key={scope} variant="default" tt="none" fw={500} title={scopeWords[scope]}>
              {scope}
            </Badge>
          ))}
        </Group>
      </Table.Td>
      <Table.Td>{formatDate(createdAt)}</Table.Td>
      <Table.Td>{lastUsedAt === null ? 'never' : formatRelative(lastUsedAt)}</Table.Td>
      <Table.Td>{expiresAt === null ? 'never' : expiresAt <= Date.now() ? 'has ended' : formatDate(expiresAt)}</Table.Td>
      <Table.Td ta="right">
        <Button variant="subtle" color="red" size="xs" onClick={onDelete} aria-label={`Delete the key ${name}`}>
          Delete
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
