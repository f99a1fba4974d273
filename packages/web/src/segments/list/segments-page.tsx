import type { Segment } from '@kindred/model'
import { Badge, Group, ScrollArea, Select, Stack, Table, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useProjectList, useStatus } from '../../api/project.ts'
import { EmptyState } from '../../app/empty-state.tsx'
import { formatDateTime, formatNumber, formatPercent, formatRelative, plural } from '../../app/format.ts'
import { IconPlus, IconSearch, IconUsersGroup } from '../../app/icons.tsx'
import { ButtonLink, TextLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Page } from '../../app/page.tsx'
import { SegmentTabs } from '../../app/segment-tabs.tsx'
import { ReachWords } from '../reach-words.tsx'
import { FewTemplates } from '../templates/few-templates.tsx'
import { ArchivedSegments } from './archived-segments.tsx'
import { NewList } from './new-list.tsx'

/** Every segment with its sentence and size; where there are none, examples to start from. */
export function SegmentsPage() {
  const query = useProjectList<Segment>('segments')
  return (
    <Page
      title="Segments"
      says="Groups of people by what they do and are, counted exactly."
      actions={
        <>
          <NewList />
          <ButtonLink to="/segments/new" leftSection={<IconPlus size={16} aria-hidden />}>
            New segment
          </ButtonLink>
        </>
      }
      tabs={<SegmentTabs />}
    >
      <Loaded query={query}>
        {(segments) => (
          <Stack gap="xl">
            {segments.length === 0 ? (
              <EmptyState icon={<IconUsersGroup size={32} />} title="No segments yet">
                A segment is a sentence about people, such as “ordered three times in ninety days, not from Ireland”. Start from a template below, filled in
                with your own data, or build one.
              </EmptyState>
            ) : (
              <SegmentTable segments={segments} />
            )}
            <ArchivedSegments />
            <FewTemplates />
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function SegmentTable({ segments }: { segments: Segment[] }) {
  const [search, setSearch] = useState('')
  const { data: status } = useStatus()
  const [group, setGroup] = useState<string | null>(null)
  const [owner, setOwner] = useState<string | null>(null)
  const owners = new Map(segments.flatMap((segment) => (segment.owner === null ? [] : [[segment.owner.id, segment.owner.name]])))
  const groups = [...new Set(segments.flatMap(({ folder, tags }) => [...(folder === '' ? [] : [folder]), ...tags]))].sort()
  const wanted = search.trim().toLowerCase()
  const shown = segments
    .filter((segment) => `${segment.name} ${segment.sentence}`.toLowerCase().includes(wanted))
    .filter(({ folder, tags }) => group === null || folder === group || tags.includes(group))
    .filter((segment) => owner === null || String(segment.owner?.id) === owner)
    .sort((a, b) => b.updatedAt - a.updatedAt)
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {segments.length > 8 && (
          <TextInput
            aria-label="Search segments"
            placeholder="Search"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            w={240}
          />
        )}
        {groups.length > 0 && (
          <Select
            aria-label="Folder or tag"
            placeholder="Folder or tag"
            data={groups}
            value={group}
            onChange={setGroup}
            clearable
            clearButtonProps={{ 'aria-label': 'Show every folder and tag' }}
            w={240}
          />
        )}
        {owners.size > 0 && (
          <Select
            aria-label="Owner"
            placeholder="Owner"
            data={[...owners].map(([id, name]) => ({ value: String(id), label: name }))}
            value={owner}
            onChange={setOwner}
            clearable
            clearButtonProps={{ 'aria-label': 'Show the segments of every owner' }}
            w={240}
          />
        )}
      </Group>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Segments', role: 'region' }}>
        <Table highlightOnHover className="kindred-rows">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Segment</Table.Th>
              <Table.Th ta="right">Size</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th>Owner</Table.Th>
              <Table.Th>Changed</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((segment) => (
              <SegmentLine key={segment.id} segment={segment} everyone={status?.people.all ?? 0} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      {shown.length === 0 && <Text c="dimmed">No segment by these words.</Text>}
    </Stack>
  )
}

function SegmentLine({ segment, everyone }: { segment: Segment; everyone: number }) {
  return (
    <Table.Tr>
      <Table.Td maw={560}>
        <TextLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }} fw={500}>
          {segment.name}
        </TextLink>
        <Text c="dimmed" size="xs">
          {segment.sentence}
        </Text>
      </Table.Td>
      <Table.Td ta="right" title={segment.countedAt === null ? undefined : `Counted ${formatDateTime(segment.countedAt)}`} style={{ whiteSpace: 'nowrap' }}>
        {segment.count === null ? (
          <Text c="dimmed">not counted yet</Text>
        ) : (
          `${formatNumber(segment.count)} ${segment.unit === 'account' ? plural(segment.count, 'account', 'accounts') : plural(segment.count, 'person', 'people')}`
        )}
        {segment.count !== null && segment.unit === 'person' && everyone > 0 && (
          <Text span c="dimmed" size="xs">
            {' '}
            {formatPercent(segment.count / everyone)}
          </Text>
        )}
        {segment.reach !== null && <ReachWords reach={segment.reach} display="block" />}
      </Table.Td>
      <Table.Td>
        <Badge variant="light" color={segment.kind === 'rule' ? 'lagoon' : 'gray'} c="var(--mantine-color-text)">
          {segment.kind === 'rule' ? 'Keeps updating' : 'Frozen list'}
        </Badge>
        {segment.paused && (
          <Text c="dimmed" size="xs">
            Paused until it is looked at
          </Text>
        )}
      </Table.Td>
      <Table.Td data-label="Owner">{segment.owner?.name ?? <Text c="dimmed">nobody</Text>}</Table.Td>
      <Table.Td data-label="Changed" title={formatDateTime(segment.updatedAt)} style={{ whiteSpace: 'nowrap' }}>
        {formatRelative(segment.updatedAt)}
      </Table.Td>
    </Table.Tr>
  )
}
