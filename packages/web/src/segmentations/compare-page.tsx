import type { Segment, SegmentComparison, SegmentDifference } from '@kindred/model'
import { Group, ScrollArea, Select, Stack, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectList } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { formatDateTime, formatNumber, formatPercent, plural } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { signedDifference, sizeOfEffect, whatDiffers } from './difference-words.ts'

interface CompareSearch {
  a?: number
  b?: number
}

/** Two segments beside each other, or one beside everybody else: what sets them apart. */
export function ComparePage() {
  const { a, b } = useSearch({ strict: false }) as CompareSearch
  const navigate = useNavigate()
  const { data: segments } = useProjectList<Segment>('segments')
  const query = useComparison(a, b)
  const choices = (segments ?? []).filter(({ definition }) => definition?.unit !== 'account').map(({ id, name }) => ({ value: String(id), label: name }))
  const show = (change: CompareSearch) => void navigate({ to: '/segments/compare', search: (before: object) => ({ ...before, ...change }), replace: true })
  return (
    <Page title="Compare segments" says={<TextLink to="/segments">All segments</TextLink>}>
      <Stack gap="lg">
        <Group>
          <Select
            label="Segment"
            data={choices}
            value={a === undefined ? null : String(a)}
            onChange={(id) => show({ a: id === null ? undefined : Number(id) } as CompareSearch)}
            searchable
            w={280}
          />
          <Select
            label="Beside"
            data={[{ value: '', label: 'Everyone else' }, ...choices]}
            value={b === undefined ? '' : String(b)}
            onChange={(id) => show({ b: id === '' || id === null ? undefined : Number(id) } as CompareSearch)}
            searchable
            w={280}
          />
        </Group>
        {a === undefined ? (
          <EmptyState title="Choose a segment">You will see what its people are and do more, or less, than others.</EmptyState>
        ) : (
          <Loaded query={query}>{(comparison) => <Comparison comparison={comparison} />}</Loaded>
        )}
      </Stack>
    </Page>
  )
}

function useComparison(a: number | undefined, b: number | undefined) {
  const project = useProjectId()
  return useQuery({
    queryKey: ['project', project, 'segments/compare', a, b],
    queryFn: ({ signal }) => api.post<SegmentComparison>(projectPath(project, 'segments/compare'), { a, ...(b !== undefined && { b }) }, { signal }),
    enabled: a !== undefined,
  })
}

function Comparison({ comparison }: { comparison: SegmentComparison }) {
  const { a, b, differences, examined, at } = comparison
  if (differences.length === 0)
    return (
      <EmptyState title="Nothing sets them apart">{`${formatNumber(examined)} properties and events were looked at; none differs by more than chance would explain.`}</EmptyState>
    )
  return (
    <section aria-label="What sets them apart">
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Differences', role: 'region' }}>
        <Table miw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What</Table.Th>
              <Table.Th ta="right">
                {a.name} ({formatNumber(a.size)})
              </Table.Th>
              <Table.Th ta="right">
                {b.name} ({formatNumber(b.size)})
              </Table.Th>
              <Table.Th>Difference</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {differences.map((each) => (
              <Line key={`${each.kind} ${each.name} ${each.kind === 'value' ? each.value : ''}`} difference={each} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      <Text size="xs" c="dimmed" mt="xs">
        Largest effect first; with each difference stands its 95 % interval. {formatNumber(examined)} {plural(examined, 'thing was', 'things were')} looked at,
        so one in twenty of those that do not really differ may look as if it did. Exact at {formatDateTime(at)}.
      </Text>
    </section>
  )
}

function Line({ difference }: { difference: SegmentDifference }) {
  const write = difference.kind === 'number' ? formatNumber : formatPercent
  const signed = (value: number) => signedDifference(difference, value)
  return (
    <Table.Tr>
      <Table.Td>{whatDiffers(difference)}</Table.Td>
      <Table.Td ta="right">{write(difference.a)}</Table.Td>
      <Table.Td ta="right">{write(difference.b)}</Table.Td>
      <Table.Td>
        <Text span fw={500}>
          {signed(difference.difference)}
        </Text>{' '}
        <Text span size="xs" c="dimmed">
          {signed(difference.low)} to {signed(difference.high)}, {sizeOfEffect(difference.effect)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}
