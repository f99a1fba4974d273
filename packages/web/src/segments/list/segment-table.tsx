import type { Segment } from '@kindred/model'
import { Badge, Group, ScrollArea, Table, Text } from '@mantine/core'
import { useStatus } from '../../api/project.ts'
import { formatDateTime, formatNumber, formatPercent, formatRelative, plural } from '../../app/format.ts'
import { TextLink } from '../../app/links.tsx'
import { ReachWords } from '../reach-words.tsx'
import { freshnessOf, updatesOf } from './segment-freshness.ts'
import classes from './segment-table.module.css'
import { SizeChangeWords } from './size-change-words.tsx'

/** A line for each segment: how many, how that changed, how fresh it is, and whom to ask. */
export function SegmentTable({ segments }: { segments: readonly Segment[] }) {
  const { data: status } = useStatus()
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Segments', role: 'region' }}>
      <Table highlightOnHover className={`kindred-rows ${classes.table}`} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Segment</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
            <Table.Th ta="right">In 7 days</Table.Th>
            <Table.Th>Kind</Table.Th>
            <Table.Th>Freshness</Table.Th>
            <Table.Th>Owner</Table.Th>
            <Table.Th>Changed</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {segments.map((segment) => (
            <Line key={segment.id} segment={segment} everyone={status?.people.all ?? 0} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function Line({ segment, everyone }: { segment: Segment; everyone: number }) {
  return (
    <Table.Tr>
      <Table.Td className={classes.segment}>
        <TextLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }} fw={500}>
          {segment.name}
        </TextLink>
        <Text c="dimmed" size="xs" lineClamp={2} title={segment.sentence}>
          {segment.sentence}
        </Text>
        <Labels segment={segment} />
      </Table.Td>
      <Table.Td ta="right" className={classes.short}>
        <Size segment={segment} everyone={everyone} />
      </Table.Td>
      <Table.Td ta="right" className={classes.short} data-label="In 7 days">
        <SizeChangeWords segment={segment} />
      </Table.Td>
      <Table.Td className={classes.short}>
        <Badge miw="max-content" variant="light" color={segment.kind === 'rule' ? 'lagoon' : 'gray'} c="var(--mantine-color-text)">
          {segment.kind === 'rule' ? 'Keeps updating' : 'Frozen list'}
        </Badge>
        {segment.unit === 'account' && (
          <Text c="dimmed" size="xs">
            of accounts
          </Text>
        )}
      </Table.Td>
      <Table.Td className={classes.short} title={segment.countedAt === null ? undefined : `Counted ${formatDateTime(segment.countedAt)}`}>
        {freshnessOf(segment)}
        <Text c="dimmed" size="xs" title={segment.recordError ?? undefined}>
          {updatesOf(segment)}
        </Text>
      </Table.Td>
      <Table.Td data-label="Owner">{segment.owner?.name ?? <span className={classes.nobody}>nobody</span>}</Table.Td>
      <Table.Td data-label="Changed" title={formatDateTime(segment.updatedAt)} className={classes.short}>
        {formatRelative(segment.updatedAt)}
      </Table.Td>
    </Table.Tr>
  )
}

function Labels({ segment: { folder, tags } }: { segment: Segment }) {
  if (folder === '' && tags.length === 0) return null
  return (
    <Group gap={4} mt={4}>
      {folder !== '' && (
        <Text span size="xs">
          In {folder}
        </Text>
      )}
      {tags.map((tag) => (
        <Badge key={tag} size="sm" variant="outline" color="gray" c="var(--mantine-color-text)">
          {tag}
        </Badge>
      ))}
    </Group>
  )
}

function Size({ segment, everyone }: { segment: Segment; everyone: number }) {
  const { count, unit, reach } = segment
  if (count === null) return <span className={classes.nobody}>not counted yet</span>
  return (
    <>
      <TextLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }} search={{ tab: 'members' }} c="var(--mantine-color-text)">
        {formatNumber(count)} {unit === 'account' ? plural(count, 'account', 'accounts') : plural(count, 'person', 'people')}
        {unit === 'person' && everyone > 0 && (
          <Text span c="dimmed" size="xs">
            {' '}
            {formatPercent(count / everyone)}
          </Text>
        )}
      </TextLink>
      {reach !== null && <ReachWords reach={reach} display="block" />}
    </>
  )
}
