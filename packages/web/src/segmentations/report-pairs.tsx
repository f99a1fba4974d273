import type { SegmentationReport } from '@kindred/model'
import { ScrollArea, Table, Text, Title } from '@mantine/core'
import { formatNumber, formatPercent, plural } from '../app/format.ts'

/** More would be read by nobody; those that overlap most come first. */
const shownPairs = 30

/** Which segments share people: how many are in both, and of those in either. Pairs without any are told as one number. */
export function ReportPairs({ report: { pairs, groups } }: { report: SegmentationReport }) {
  if (pairs.length === 0) return null
  const nameOf = (id: number) => groups.find(({ segment }) => segment === id)?.name ?? ''
  const sharing = pairs.filter(({ both }) => both > 0).sort((one, other) => other.jaccard - one.jaccard)
  const shown = sharing.slice(0, shownPairs)
  const apart = pairs.length - sharing.length
  return (
    <section aria-labelledby="overlap">
      <Title order={2} mb="xs" id="overlap">
        How they overlap
      </Title>
      {shown.length > 0 && (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Pairs of segments', role: 'region' }}>
          <Table className="kindred-rows">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Segments</Table.Th>
                <Table.Th ta="right">In both</Table.Th>
                <Table.Th ta="right">Of those in either</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map(({ a, b, both, jaccard }) => (
                <Table.Tr key={`${a} ${b}`}>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    {nameOf(a)} and {nameOf(b)}
                  </Table.Td>
                  <Table.Td ta="right" data-label="In both">
                    {formatNumber(both)}
                  </Table.Td>
                  <Table.Td ta="right" data-label="Of those in either">
                    {formatPercent(jaccard)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
      <Text size="xs" c="dimmed" mt="xs">
        By their rules, whichever comes first.{' '}
        {sharing.length > shown.length && `Shown are the ${formatNumber(shown.length)} of ${formatNumber(sharing.length)} pairs that overlap most. `}
        {apart > 0 && `${formatNumber(apart)} ${plural(apart, 'pair shares', 'pairs share')} nobody.`}
      </Text>
    </section>
  )
}
