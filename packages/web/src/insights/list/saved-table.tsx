import type { Display, SavedInsight } from '@kindred/model'
import { ScrollArea, Table, Text, Title } from '@mantine/core'
import { formatDateTime, formatRelative } from '../../app/format.ts'
import { TextLink } from '../../app/links.tsx'
import { questionWords } from '../question/words.ts'
import { useLabels } from '../use-labels.ts'

const displayWords: Record<Display, string> = { line: 'Line', bar: 'Bars', ranking: 'Ranking', number: 'Number', table: 'Table', map: 'World map' }

/** The saved insights, the latest change first. */
export function SavedTable({ insights }: { insights: SavedInsight[] }) {
  const labels = useLabels()
  const byChange = [...insights].sort((a, b) => b.updatedAt - a.updatedAt)
  return (
    <section aria-label="Saved insights">
      <Title order={2} mb="xs">
        Saved
      </Title>
      {byChange.length === 0 ? (
        <Text c="dimmed">A question you name and save is kept here, for you and for those you work with.</Text>
      ) : (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Table of saved insights', role: 'region' }}>
          <Table highlightOnHover className="kindred-rows">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Shown as</Table.Th>
                <Table.Th>Changed</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {byChange.map((insight) => (
                <Table.Tr key={insight.id}>
                  <Table.Td>
                    <TextLink fw={500} to="/insights/$insightId" params={{ insightId: String(insight.id) }}>
                      {insight.name}
                    </TextLink>
                    <Text c="dimmed" size="xs">
                      {questionWords(insight.query, labels)}
                    </Text>
                  </Table.Td>
                  <Table.Td data-label="Shown as">{displayWords[insight.display]}</Table.Td>
                  <Table.Td data-label="Changed" title={formatDateTime(insight.updatedAt)}>
                    {formatRelative(insight.updatedAt)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
    </section>
  )
}
