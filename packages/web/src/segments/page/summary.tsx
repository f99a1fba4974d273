import type { Segment, SegmentPortrait } from '@kindred/model'
import { Badge, Group, Paper, Stack, Text } from '@mantine/core'
import { formatDateTime, formatNumber, formatPercent, plural } from '../../app/format.ts'
import { ReachWords } from '../reach-words.tsx'
import { usePortrait } from './portrait/use-portrait.ts'
import { UserLink } from './user-link.tsx'

/** The segment at a glance: size, share and reach, counted now, its sentence, and who uses it. */
export function Summary({ segment }: { segment: Segment }) {
  const { data: portrait } = usePortrait(segment)
  const at = portrait?.at ?? segment.countedAt
  return (
    <Paper withBorder p="lg" bg="var(--kindred-surface)">
      <Group align="flex-start" gap="xl">
        <Size segment={segment} portrait={portrait} />
        <Stack gap={6} flex={1} miw={240}>
          <Text fz="lg">{segment.sentence}</Text>
          <Group gap="xs">
            <Badge variant="light" color={segment.kind === 'rule' ? 'lagoon' : 'gray'} c="var(--mantine-color-text)">
              {segment.kind === 'rule' ? 'Keeps updating' : 'Frozen list'}
            </Badge>
            <Text span size="xs" c="dimmed">
              {at !== null && `Exact at ${formatDateTime(at)}. `}Version {segment.version}.{segment.owner !== null && ` Owner: ${segment.owner.name}.`}
            </Text>
          </Group>
          {segment.usedBy.length > 0 && <UsedByWords segment={segment} />}
        </Stack>
      </Group>
    </Paper>
  )
}

function Size({ segment, portrait }: { segment: Segment; portrait: SegmentPortrait | undefined }) {
  const count = portrait?.size ?? segment.count
  const reach = portrait === undefined ? segment.reach : { email: portrait.segment.reach.email.reachable, sms: portrait.segment.reach.sms.reachable }
  return (
    <Stack gap={0} miw={160}>
      <Text fz={32} fw={600} lh={1.2}>
        {count === null ? '…' : formatNumber(count)}
      </Text>
      <Text c="dimmed">
        {count === null ? 'counting' : segment.unit === 'account' ? plural(count, 'account', 'accounts') : plural(count, 'person', 'people')}
        {portrait !== undefined &&
          portrait.everyone > 0 &&
          `, ${formatPercent(portrait.size / portrait.everyone)} of ${segment.unit === 'account' ? 'all' : 'everyone'}`}
      </Text>
      {reach !== null && segment.unit === 'person' && <ReachWords reach={reach} />}
    </Stack>
  )
}

function UsedByWords({ segment }: { segment: Segment }) {
  return (
    <Text size="sm">
      Used by{' '}
      {segment.usedBy.map((user, index) => (
        <span key={`${user.kind} ${user.id}`}>
          {index > 0 && ', '}
          <UserLink user={user} />
        </span>
      ))}
    </Text>
  )
}
