import type { ImportState } from '@kindred/model'
import { Group, ScrollArea, Stack, Table, Text } from '@mantine/core'
import { useProject, useProjectList } from '../../api/project.ts'
import { EmptyState } from '../../app/empty-state.tsx'
import { formatBytes, formatDateTime, formatNumber, formatPercent } from '../../app/format.ts'
import { IconFileImport } from '../../app/icons.tsx'
import { ButtonLink, TextLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { importStateWords, shareDone } from './import-words.ts'

/** Every import, newest first, with what came of it. */
export function ImportList() {
  const query = useProjectList<ImportState>('imports', { refetchInterval: 2000 })
  return (
    <Loaded query={query}>
      {(imports) =>
        imports.length === 0 ? (
          <EmptyState
            icon={<IconFileImport size={40} stroke={1.25} />}
            title="No file imported yet"
            action={<ButtonLink to="/data/imports/new">Import a file</ButtonLink>}
          >
            Orders, events or customers as CSV, TSV, JSON lines or Parquet, gzip too. An import can be repeated without counting anything twice.
          </EmptyState>
        ) : (
          <Stack>
            <Group justify="flex-end">
              <ButtonLink to="/data/imports/new">Import a file</ButtonLink>
            </Group>
            <ImportTable imports={imports} />
          </Stack>
        )
      }
    </Loaded>
  )
}

function ImportTable({ imports }: { imports: ImportState[] }) {
  const { data: project } = useProject()
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Imports' }}>
      <Table highlightOnHover verticalSpacing={8} className="kindred-rows">
        <caption className="kindred-hidden">Imports with their state and what they brought</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">File</Table.Th>
            <Table.Th scope="col">State</Table.Th>
            <Table.Th scope="col" ta="right">
              Rows
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Events
            </Table.Th>
            <Table.Th scope="col" ta="right">
              People
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Rejected
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Started
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {imports.map((each) => (
            <Table.Tr key={each.id}>
              <Table.Td maw={320}>
                <TextLink to="/data/imports/$importId" params={{ importId: String(each.id) }} fw={500} truncate display="block">
                  {each.name}
                </TextLink>
                <Text c="dimmed" fz="xs">
                  {formatBytes(each.bytes)}
                </Text>
              </Table.Td>
              <Table.Td>
                {importStateWords[each.state]}
                {each.state === 'running' && `, ${formatPercent(shareDone(each))}`}
              </Table.Td>
              <Table.Td ta="right" data-label="Rows">
                {formatNumber(each.rows)}
              </Table.Td>
              <Table.Td ta="right" data-label="Events">
                {formatNumber(each.events)}
              </Table.Td>
              <Table.Td ta="right" data-label="People">
                {formatNumber(each.people)}
              </Table.Td>
              <Table.Td ta="right" data-label="Rejected">
                {formatNumber(each.rejected)}
              </Table.Td>
              <Table.Td ta="right" data-label="Started">
                {each.startedAt === null ? 'not yet' : formatDateTime(each.startedAt, project?.timezone)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
