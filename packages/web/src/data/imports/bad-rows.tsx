import type { RejectedRow } from '@kindred/model'
import { ScrollArea, Table, Text } from '@mantine/core'
import { formatNumber } from '../../app/format.ts'

/** Rows of a file that cannot be read: where they stand, and why. */
export function BadRows({ rows }: { rows: readonly RejectedRow[] }) {
  return (
    <ScrollArea.Autosize type="auto" mah={280} viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Rows that cannot be read' }}>
      <Table verticalSpacing={4} miw={720}>
        <caption className="kindred-hidden">Rows that cannot be read, and why</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" ta="right">
              Line
            </Table.Th>
            <Table.Th scope="col">Column</Table.Th>
            <Table.Th scope="col">Why it cannot be read</Table.Th>
            <Table.Th scope="col">The row</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ line, column, reason, row }) => (
            <Table.Tr key={line}>
              <Table.Td ta="right">{formatNumber(line)}</Table.Td>
              <Table.Td>{column}</Table.Td>
              <Table.Td>{reason}</Table.Td>
              <Table.Td maw={360}>
                <Text fz="xs" ff="monospace" truncate title={row}>
                  {row}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  )
}
