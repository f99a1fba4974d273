import type { KeptReach, Overlap, Segment } from '@kindred/model'
import { MultiSelect, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { CSSProperties } from 'react'
import { useAccountTypeLabels } from '../accounts/use-account-types.ts'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectList } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { formatDateTime, formatNumber, formatPercent } from '../app/format.ts'
import { ButtonLink, PlainLink, TextLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { SegmentTabs } from '../app/segment-tabs.tsx'
import { ReachWords } from '../segments/reach-words.tsx'
import { useReaches } from '../segments/use-reaches.ts'
import { choicesByUnit } from './choices-by-unit.ts'
import classes from './overlap.module.css'
import { type Overlapped, ofUnit, overlapSearch } from './overlap-search.ts'
import type { OverlapSearch } from './read-search.ts'

const most = 20

/** How segments lie to each other: the combinations that occur, each opening its people or accounts, and pairs. What is chosen stands in the address. */
export function OverlapPage() {
  const project = useProjectId()
  const search = useSearch({ strict: false }) as OverlapSearch
  const navigate = useNavigate()
  const list = useProjectList<Segment>('segments')
  const chosen = search.segments ?? largest(list.data ?? [])
  const query = useQuery({
    queryKey: ['project', project, 'segments/overlap', chosen],
    queryFn: ({ signal }) => api.post<Overlap>(projectPath(project, 'segments/overlap'), { segments: chosen }, { signal }),
    enabled: chosen.length >= 2,
  })
  const labels = useAccountTypeLabels()
  // Of several types, the accounts counted are those of the first segment's.
  const first = list.data?.find(({ id }) => id === chosen[0])
  return (
    <Page title="Overlap of segments" says="Who is in several segments at once, and who is in only one." tabs={<SegmentTabs />}>
      <Stack gap="lg">
        <MultiSelect
          label="Segments"
          description={`Two to ${most} of them, all of people or all of accounts of one type.`}
          data={choicesByUnit(list.data ?? [], labels, first)}
          value={chosen.map(String)}
          onChange={(ids) => void navigate({ to: '/segments/overlap', search: (before: object) => ({ ...before, segments: ids.map(Number) }), replace: true })}
          maxValues={most}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Take all of them away' }}
          maw={720}
        />
        {list.isPending ? (
          <Lines />
        ) : chosen.length < 2 ? (
          <EmptyState title="Choose two segments or more" action={<ButtonLink to="/segments/templates">Start from a template</ButtonLink>}>
            The combinations that occur are shown with how many are in each.
          </EmptyState>
        ) : (
          <Loaded query={query}>{(overlap) => <Answer overlap={{ ...overlap, accountType: first?.definition?.accountType }} />}</Loaded>
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

type Answered = Overlap & Pick<Overlapped, 'accountType'>

function Answer({ overlap }: { overlap: Answered }) {
  return (
    <>
      <Combinations overlap={overlap} />
      <Pairs overlap={overlap} />
      <Text size="xs" c="dimmed">
        Exact at {formatDateTime(overlap.at)}, of{' '}
        {overlap.unit === 'person' ? (
          <TextLink to="/people" inherit underline="always">
            {formatNumber(overlap.everyone)} in all
          </TextLink>
        ) : (
          <TextLink to="/accounts" search={overlap.accountType === undefined ? {} : { type: overlap.accountType }} inherit underline="always">
            {formatNumber(overlap.everyone)} in all
          </TextLink>
        )}
        .
      </Text>
    </>
  )
}

const shownCombinations = 30

/** A row for each of the most frequent combinations: filled dots say in which segments its people or accounts are, and in no other of the list. */
function Combinations({ overlap }: { overlap: Answered }) {
  const { segments } = overlap
  const named = overlap.intersections.filter((each) => each.segments.length > 0)
  const rows = named.slice(0, shownCombinations)
  const all = overlap.combinations - (overlap.intersections.length - named.length)
  const isOfPeople = overlap.unit === 'person'
  const largest = Math.max(1, ...rows.map(({ count }) => count))
  const reachOf = useReaches({ segments: isOfPeople ? segments.map(({ id }) => id) : null, watermark: overlap.watermark })
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
              {segments.map((segment) => (
                <th key={segment.id} scope="col" className={classes.name}>
                  <SegmentName segment={segment} reach={reachOf(segment.id)} />
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
        <TextLink to="/segments/new" search={overlapSearch([], overlap)} inherit underline="always">
          {formatNumber(nobody)} are in none of them
        </TextLink>
        . A number opens its {isOfPeople ? 'people' : 'accounts'} as a segment.
        {all > rows.length && ` Shown are the ${formatNumber(rows.length)} most frequent of ${formatNumber(all)} combinations.`}
      </Text>
    </section>
  )
}

/** Written upwards: the name and the size, and how many of them can be written to. */
function SegmentName({ segment: { id, name, size }, reach }: { segment: Overlap['segments'][number]; reach: KeptReach | undefined }) {
  return (
    <span>
      <PlainLink to="/segments/$segmentId" params={{ segmentId: String(id) }} className={classes.nameLink}>
        {name}
      </PlainLink>
      <span className={classes.size}>
        {formatNumber(size)}
        {reach !== undefined && (
          <>
            , <ReachWords reach={reach} />
          </>
        )}
      </span>
    </span>
  )
}

function Pairs({ overlap }: { overlap: Answered }) {
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
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {nameOf(a)} and {nameOf(b)}
                </Table.Td>
                <Table.Td ta="right" data-label="In both">
                  <TextLink to="/segments/new" search={ofUnit({ all: [{ in: a }, { in: b }] }, overlap)} aria-label={`${formatNumber(both)} in both`}>
                    {formatNumber(both)}
                  </TextLink>
                </Table.Td>
                <Table.Td ta="right" data-label="Overlap">
                  <TextLink to="/segments/new" search={ofUnit({ any: [{ in: a }, { in: b }] }, overlap)} title="Opens those in either">
                    {formatPercent(jaccard)}
                  </TextLink>
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
