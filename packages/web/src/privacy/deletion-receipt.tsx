import type { Deletion } from '@kindred/model'
import { Code, ScrollArea, Stack, Table, Text } from '@mantine/core'
import { useProject } from '../api/project.ts'
import { formatDateTime, formatNumber } from '../app/format.ts'
import { placeWords } from './words.ts'

type Receipt = NonNullable<Deletion['receipt']>
const shownHashes = 10

/** What was taken away where, and what a search found afterwards. */
export function DeletionReceipt({ receipt, endedAt }: { receipt: Receipt; endedAt: number | null }) {
  const { data: project } = useProject()
  const { personIds, idHashes, places, wiped } = receipt
  return (
    <Stack gap="xs">
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Receipt' }}>
        <Table>
          <caption className="kindred-hidden">What was deleted in each place, and what a search found afterwards</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Place</Table.Th>
              <Table.Th scope="col" ta="right">
                Deleted
              </Table.Th>
              <Table.Th scope="col" ta="right">
                Left
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {places.map(({ place, removed, left }) => (
              <Table.Tr key={place}>
                <Table.Td>{placeWords(place)}</Table.Td>
                <Table.Td ta="right">{formatNumber(removed)}</Table.Td>
                <Table.Td ta="right">{left === null ? '–' : formatNumber(left)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {wiped.length > 0 && <Text>Files: {wiped.join(', ')}.</Text>}
      {endedAt !== null && <Text c="dimmed">Ended {formatDateTime(endedAt, project?.timezone)}.</Text>}
      <Text c="dimmed">
        Kindred’s numbers of the people: {personIds.slice(0, shownHashes).join(', ')}
        {personIds.length > shownHashes && ' …'}
      </Text>
      <Text c="dimmed" component="div" style={{ overflowWrap: 'anywhere' }}>
        Their ids, hashed:{' '}
        {idHashes.slice(0, shownHashes).map((hash) => (
          <Code key={hash} mr={4}>
            {hash.slice(0, 12)}…
          </Code>
        ))}
        {idHashes.length > shownHashes && `and ${formatNumber(idHashes.length - shownHashes)} more, through the API`}
      </Text>
    </Stack>
  )
}
