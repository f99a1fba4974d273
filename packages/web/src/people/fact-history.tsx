import type { Page, PropertyChangeRow, PropertyFact } from '@kindred/model'
import { Button, Modal, ScrollArea, Stack, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useProject, useProjectId } from '../api/project.ts'
import { formatDateTime } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { useEventLabels } from '../data/known-names.ts'
import { shownValue } from './person-value.ts'
import { sourceWords } from './source-words.ts'

interface FactHistoryProps {
  personId: number
  fact: Pick<PropertyFact, 'key' | 'label'> | null
  onClose: () => void
}

/** Every value that a property had, newest first: when, from where, and by which event. */
export function FactHistory({ personId, fact, onClose }: FactHistoryProps) {
  return (
    <Modal opened={fact !== null} onClose={onClose} title={fact?.label ?? ''} size="lg" closeButtonProps={{ 'aria-label': 'Close' }}>
      {fact !== null && <Changes personId={personId} name={fact.key} />}
    </Modal>
  )
}

function Changes({ personId, name }: { personId: number; name: string }) {
  const project = useProjectId()
  const { data: details } = useProject()
  const labelOf = useEventLabels()
  const path = `people/${personId}/history`
  const query = useInfiniteQuery({
    queryKey: ['project', project, path, name],
    queryFn: ({ pageParam, signal }) => api.get<Page<PropertyChangeRow>>(projectPath(project, path), { query: { key: name, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  })
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const changes = pages.flatMap((page) => page.results)
        const types = [...new Set(changes.filter(({ unset, masked }) => !unset && !masked).map(({ value }) => typeOf(value)))]
        return (
          <Stack>
            <Text c="dimmed">
              {types.length > 1
                ? `It held values of several types: ${types.join(', ')}.`
                : types.length === 1
                  ? `It held values of one type: ${types[0]}.`
                  : ''}
            </Text>
            <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Earlier values' }}>
              <Table verticalSpacing={8}>
                <caption className="kindred-hidden">Values of this property, newest first</caption>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">Value</Table.Th>
                    <Table.Th scope="col">When</Table.Th>
                    <Table.Th scope="col">By</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {changes.map((change) => (
                    <Table.Tr key={`${change.at} ${change.eventId} ${change.mergedPersonId} ${JSON.stringify(change.value)}`}>
                      <Table.Td style={{ overflowWrap: 'anywhere' }} fw={500} c={change.unset || change.masked ? 'dimmed' : undefined}>
                        {change.unset ? 'taken away' : change.masked ? 'masked' : shownValue(change.value)}
                      </Table.Td>
                      <Table.Td>{formatDateTime(change.at, details?.timezone)}</Table.Td>
                      <Table.Td>
                        {change.event === null ? sourceWords[change.source] : `“${labelOf(change.event)}”, ${sourceWords[change.source]}`}
                        {change.mergedPersonId !== null && (
                          <Text c="dimmed" fz="xs">
                            before they were known to be this person
                          </Text>
                        )}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </ScrollArea>
            {changes.length === 0 && <Text c="dimmed">No change of it is kept: it was there from the start.</Text>}
            {query.hasNextPage && (
              <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                Show earlier values
              </Button>
            )}
          </Stack>
        )
      }}
    </Loaded>
  )
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'object') return 'group of fields'
  return typeof value === 'string' ? 'text' : typeof value === 'boolean' ? 'yes/no' : 'number'
}
