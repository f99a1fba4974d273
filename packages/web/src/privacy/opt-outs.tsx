import type { OptOut, Page } from '@kindred/model'
import { Button, Group, ScrollArea, Stack, Table, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../api/project.ts'
import { formatDate } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { notifyError } from '../app/notify.ts'
import { Section } from '../settings/section.tsx'

const pageSize = 50

/** Who opted out of processing: by their id, with who noted it, and the way back. */
export function OptOuts() {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [shown, setShown] = useState(pageSize)
  const [distinctId, setDistinctId] = useState('')
  const query = useProjectQuery<Page<OptOut>>('opt-outs', { active: true, limit: shown })
  const adding = useMutation({
    mutationFn: () => api.post<OptOut>(projectPath(project, 'opt-outs'), { distinctId: distinctId.trim() }),
    onSuccess: () => {
      setDistinctId('')
      return refresh('opt-outs')
    },
    onError: notifyError,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    adding.mutate()
  }
  return (
    <Section
      title="Opted out of processing"
      says="Later events of these people are dropped and counted under Problems. What is kept already stays, unless it is deleted."
    >
      <form onSubmit={submit}>
        <Group align="flex-end">
          <TextInput
            label="Distinct id of a person"
            value={distinctId}
            onChange={(event) => setDistinctId(event.currentTarget.value)}
            maxLength={200}
            flex="1 1 220px"
          />
          <Button type="submit" loading={adding.isPending} disabled={distinctId.trim() === ''}>
            Opt out
          </Button>
        </Group>
      </form>
      <Loaded query={query}>
        {({ results, next }) => (
          <Stack gap="sm">
            {results.length === 0 ? <Text c="dimmed">Nobody opted out.</Text> : <OptOutTable optOuts={results} />}
            {next !== null && (
              <Button variant="default" onClick={() => setShown((before) => Math.min(500, before + pageSize))}>
                Show more
              </Button>
            )}
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

function OptOutTable({ optOuts }: { optOuts: OptOut[] }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const lifting = useMutation({
    mutationFn: (id: number) => api.delete<OptOut>(projectPath(project, `opt-outs/${id}`)),
    onSuccess: () => refresh('opt-outs'),
    onError: notifyError,
  })
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Opt-outs' }}>
      <Table miw={520}>
        <caption className="kindred-hidden">People who opted out of processing</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Who</Table.Th>
            <Table.Th scope="col">Since</Table.Th>
            <Table.Th scope="col">Noted by</Table.Th>
            <Table.Th>
              <span className="kindred-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {optOuts.map(({ id, distinctId, personId, at, by, reason }) => (
            <Table.Tr key={id}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {personId === null || distinctId === null ? (
                  (distinctId ?? 'Somebody who was deleted')
                ) : (
                  <TextLink to="/people/$personId" params={{ personId: String(personId) }}>
                    {distinctId}
                  </TextLink>
                )}
                {reason !== '' && (
                  <Text c="dimmed" fz="xs">
                    {reason}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{formatDate(at)}</Table.Td>
              <Table.Td>{by}</Table.Td>
              <Table.Td ta="right">
                <Button size="xs" variant="subtle" onClick={() => lifting.mutate(id)} aria-label={`Undo the opt-out of ${distinctId ?? `no. ${id}`}`}>
                  Undo
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
