import type { Overlap, Segment } from '@kindred/model'
import { MultiSelect, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectList } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { formatDateTime, formatNumber, formatPercent } from '../app/format.ts'
import { ButtonLink, PlainLink, TextLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { SegmentTabs } from '../app/segment-tabs.tsx'
import classes from './overlap.module.css'
import { overlapSearch } from './overlap-search.ts'

const most = 20

/** How segments lie to each other: the combinations that occur, each opening its people or accounts, and pairs. What is chosen stands in the address. */
export function OverlapPage() {
  const project = useProjectId()
  const search = useSearch({ strict: false }) as { segments?: number[] }
  const navigate = useNavigate()
  const list = useProjectList<Segment>('segments')
  const chosen = search.segments ?? largest(list.data ?? [])
  const query = useQuery({
    queryKey: ['project', project, 'segments/overlap', chosen],
    queryFn: ({ signal }) => api.post<Overlap>(projectPath(project, 'segments/overlap'), { segments: chosen }, { signal }),
    enabled: chosen.length >= 2,
  })
  return (
    <Page title="Overlap of segments" says="Who is in several segments at once, and who is in only one." tabs={<SegmentTabs />}>
      <Stack gap="lg">
        <MultiSelect
          label="Segments"
          description={`Two to ${most} of them, all of people or all of accounts.`}
          data={(list.data ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={chosen.map(String)}
          onChange={(ids) => void navigate({ to: '/segments/overlap', search: (before: object) => ({ ...before, segments: ids.map(Number) }), replace: true })}
          maxValues={most}
          searchable
          maw={720}
        />
        {list.isPending ? (
          <Lines />
        ) : chosen.length < 2 ? (
          <EmptyState title="Choose two segments or more" action={<ButtonLink to="/segments/templates">Start from a template</ButtonLink>}>
            The combinations that occur are shown with how many are in each.
          </EmptyState>
        ) : (
          <Loaded query={query}>
            {(overlap) => (
              <>
                <Combinations overlap={overlap} />
                <Pairs overlap={overlap} />
                <Text size="xs" c="dimmed">
                  Exact at {formatDateTime(overlap.at)}, of {formatNumber(overlap.everyone)} in all.
                </Text>
              </>
            )}
          </Loaded>
        )}
      </Stack>
    </Page>
  )
}

/** What the page opens on: the largest segments of people. */
const largest = (segments: readonly Segment[]): number[] =>
  segments
    .filter(({ unit }) => unit === 'person')
    .sort((a, b) => (b.count ?? 0) - (a.count ?? 0))
    .slice(0, 5)
    .map(({ id }) => id)

const shownCombinations = 30

/** A row for each of the most frequent combinations: filled dots say in which segments its people or accounts are, and in no other of the list. */
function Combinations({ overlap }: { overlap: Overlap }) {
  const { segments } = overlap
  const named = overlap.intersections.filter((each) => each.segments.length > 0)
  const rows = named.slice(0, shownCombinations)
  const all = overlap.combinations - (overlap.intersections.length - named.length)
  const isOfPeople = overlap.unit === 'person'
  const largest = Math.max(1, ...rows.map(({ count }) => count))
  const nobody = overlap.intersections.find((each) => each.segments.length === 0)?.count ?? 0
  return (
    <section aria-labelledby="combinations">
      <Title order={2} mb="xs" id="combinations">
        Who is in exactly which
      </Title>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Combinations of segments', role: 'region' }}>
        <table className={classes.upset}>
          <thead>
            <tr>
              {segments.map(({ id, name, size }) => (
                <th key={id} scope="col" className={classes.name}>
                  <span>
                    {name} ({formatNumber(size)})
                  </span>
                </th>
              ))}
              <th scope="col">{isOfPeople ? 'People' : 'Accounts'}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => {
              const inside = new Set(row.segments)
              return (
                <tr key={row.segments.join()}>
                  {segments.map(({ id, name }) => (
                    <td key={id} className={classes.cell}>
                      <span
                        className={inside.has(id) ? classes.filled : classes.hollow}
                        role="img"
                        aria-label={`${inside.has(id) ? 'in' : 'not in'} ${name}`}
                      />
                    </td>
                  ))}
                  <td>
                    <PlainLink to="/segments/new" search={overlapSearch(row.segments, overlap)} className={classes.opener}>
                      <span className={classes.bar} style={{ '--share': row.count / largest } as CSSProperties} aria-hidden />
                      {formatNumber(row.count)}
                    </PlainLink>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </ScrollArea>
      <Text size="sm" c="dimmed" mt="xs">
        {formatNumber(nobody)} are in none of them. A number opens its {isOfPeople ? 'people' : 'accounts'} as a segment.
        {all > rows.length && ` Shown are the ${formatNumber(rows.length)} most frequent of ${formatNumber(all)} combinations.`}
      </Text>
    </section>
  )
}

function Pairs({ overlap }: { overlap: Overlap }) {
  const nameOf = (id: number) => overlap.segments.find((each) => each.id === id)?.name ?? ''
  const pairs = [...overlap.pairs].sort((one, other) => other.jaccard - one.jaccard)
  return (
    <section aria-labelledby="pairs">
      <Title order={2} mb="xs" id="pairs">
        Pairs
      </Title>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Pairs of segments', role: 'region' }}>
        <Table className="kindred-rows">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Segments</Table.Th>
              <Table.Th ta="right">In both</Table.Th>
              <Table.Th ta="right" title="Those in both, of those in either">
                Overlap
              </Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {pairs.map(({ a, b, both, jaccard }) => (
              <Table.Tr key={`${a} ${b}`}>
                <Table.Td>
                  {nameOf(a)} and {nameOf(b)}
                </Table.Td>
                <Table.Td ta="right" data-label="In both">
                  {formatNumber(both)}
                </Table.Td>
                <Table.Td ta="right" data-label="Overlap">
                  {formatPercent(jaccard)}
                </Table.Td>
                <Table.Td>
                  <TextLink to="/segments/compare" search={{ a, b }}>
                    Compare
                  </TextLink>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </section>
  )
}
