import type { EventRow } from '@kindred/model'
import { propertyLabel } from '@kindred/model'
import { Code, ScrollArea, Table, Text } from '@mantine/core'
import { formatDateTime } from '../app/format.ts'
import { shownValue } from '../people/person-value.ts'
import classes from './event-line.module.css'

/** All properties of an event with their readable names, the sender's own before the automatic ones. */
export function PropertyList({ row, zone }: { row: EventRow; zone?: string }) {
  const keys = Object.keys(row.properties).sort((a, b) => Number(a.startsWith('$')) - Number(b.startsWith('$')) || a.localeCompare(b))
  return (
    <div className={classes.properties}>
      <Text c="dimmed" fz="xs" mb={4}>
        {formatDateTime(row.timestamp, zone)}, sent as <Code>{row.event}</Code> by <Code>{row.distinctId}</Code>
      </Text>
      {keys.length === 0 && <Text c="dimmed">No properties.</Text>}
      {keys.length > 0 && (
        <ScrollArea.Autosize mah={400} type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': `Properties of ${row.event}` }}>
          <Table verticalSpacing={4} fz="sm">
            <caption className="kindred-hidden">Properties of this event</caption>
            <Table.Thead className="kindred-hidden">
              <Table.Tr>
                <Table.Th scope="col">Property</Table.Th>
                <Table.Th scope="col">Value</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {keys.map((key) => (
                <Table.Tr key={key}>
                  <Table.Td title={key} w="40%" style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
                    <Text span c="dimmed">
                      {propertyLabel(key)}
                    </Text>
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{shownValue(row.properties[key])}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
    </div>
  )
}
