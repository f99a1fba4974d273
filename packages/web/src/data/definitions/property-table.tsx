import type { PropertyDefinition } from '@kindred/model'
import { Button, Code, Group, ScrollArea, Table, Text } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import { formatDate, formatNumber, formatRelative } from '../../app/format.ts'
import { typeWords } from '../known-names.ts'
import { Marks } from './marks.tsx'
import { Name } from './name.tsx'

interface PropertyTableProps {
  of: 'event' | 'person'
  properties: PropertyDefinition[]
  onDescribe: (property: PropertyDefinition) => void
}

/** Properties with what they hold: type, a few samples, how often, first and last time. */
export function PropertyTable({ of, properties, onDescribe }: PropertyTableProps) {
  const { data: project } = useProject()
  const title = of === 'event' ? 'Properties of events' : 'Properties of people'
  if (properties.length === 0) return <Text c="dimmed">No property by this name.</Text>
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': title }}>
      <Table highlightOnHover verticalSpacing={8} className="kindred-rows">
        <caption className="kindred-hidden">{title}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Property</Table.Th>
            <Table.Th scope="col">Type</Table.Th>
            <Table.Th scope="col">Samples</Table.Th>
            <Table.Th scope="col" ta="right">
              {of === 'event' ? 'On events' : 'On people'}
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
          {properties.map((property) => (
            <Table.Tr key={property.name}>
              <Table.Td maw={280}>
                <Name label={property.label} name={property.name} description={property.description} />
                <Marks {...property} />
              </Table.Td>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{typeWords(property.types)}</Table.Td>
              <Table.Td maw={360}>
                <Group gap={4}>
                  {property.samples.slice(0, 4).map((sample) => (
                    <Code key={sample} maw={200} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }} title={sample}>
                      {sample === '' ? '(empty)' : sample}
                    </Code>
                  ))}
                </Group>
              </Table.Td>
              <Table.Td ta="right" data-label={of === 'event' ? 'On events' : 'On people'}>
                {formatNumber(property.count)}
              </Table.Td>
              <Table.Td ta="right" data-label="First seen" style={{ whiteSpace: 'nowrap' }}>
                {formatDate(property.firstSeenAt, project?.timezone)}
              </Table.Td>
              <Table.Td ta="right" data-label="Last seen" style={{ whiteSpace: 'nowrap' }}>
                {formatRelative(property.lastSeenAt)}
              </Table.Td>
              <Table.Td ta="right">
                <Button size="compact-sm" variant="subtle" aria-label={`Describe ${property.label}`} onClick={() => onDescribe(property)}>
                  Describe
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
