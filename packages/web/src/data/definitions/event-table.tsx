import type { EventDefinition } from '@kindred/model'
import { Button, Group, ScrollArea, Table, Text } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import { formatDate, formatNumber, formatRelative } from '../../app/format.ts'
import { TextLink } from '../../app/links.tsx'
import { eventRoleWords } from '../role-words.ts'
import { Marks } from './marks.tsx'
import { Name } from './name.tsx'

/** The project's events; a count opens as an insight, a name in the live list. */
export function EventTable({ events, onDescribe }: { events: EventDefinition[]; onDescribe: (event: EventDefinition) => void }) {
  const { data: project } = useProject()
  if (events.length === 0) return <Text c="dimmed">No event here yet, or none by this name.</Text>
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Events' }}>
      <Table highlightOnHover verticalSpacing={8} className="kindred-rows">
        <caption className="kindred-hidden">Events with their volume and times</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Event</Table.Th>
            <Table.Th scope="col">Role</Table.Th>
            <Table.Th scope="col" ta="right">
              Count
            </Table.Th>
            <Table.Th scope="col" ta="right">
              First seen
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Last seen
            </Table.Th>
            <Table.Th scope="col">
              <span className="kindred-hidden">Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {events.map((event) => (
            <Table.Tr key={event.name}>
              <Table.Td>
                <Name label={event.label} name={event.name} description={event.description} />
                <Marks {...event} />
              </Table.Td>
              <Table.Td data-label="Role">{roleLabel(event.role)}</Table.Td>
              <Table.Td ta="right" data-label="Count">
                <TextLink to="/insights/new" search={{ series: [{ event: event.name }], from: 'all', interval: 'month' }}>
                  {formatNumber(event.count)}
                </TextLink>
              </Table.Td>
              <Table.Td ta="right" data-label="First seen">
                {formatDate(event.firstSeenAt, project?.timezone)}
              </Table.Td>
              <Table.Td ta="right" data-label="Last seen">
                {formatRelative(event.lastSeenAt)}
              </Table.Td>
              <Table.Td ta="right">
                <Group gap="md" justify="flex-end" wrap="nowrap">
                  <TextLink to="/data" search={{ event: event.name }}>
                    Watch
                  </TextLink>
                  <Button size="compact-sm" variant="subtle" aria-label={`Describe ${event.label}`} onClick={() => onDescribe(event)}>
                    Describe
                  </Button>
                </Group>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

const roleLabel = (role: string | null) => (role !== null && role in eventRoleWords ? eventRoleWords[role as keyof typeof eventRoleWords].label : (role ?? ''))
