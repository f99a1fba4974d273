import type { Segment } from '@kindred/model'
import { Badge, Group, Paper, Stack, Text } from '@mantine/core'
import { useStatus } from '../../api/project.ts'
import { formatDateTime, formatNumber, formatPercent, plural } from '../../app/format.ts'
import { useMembers } from './use-members.ts'
import { UserLink } from './user-link.tsx'

/** The segment at a glance: size and share, counted now, its sentence, and who uses it. */
export function Portrait({ segment }: { segment: Segment }) {
  const members = useMembers(segment, 1)
  const { data: status } = useStatus()
  const count = members.data?.total ?? segment.count
  const at = members.data?.at ?? segment.countedAt
  return (
    <Paper withBorder p="lg" bg="var(--kindred-surface)">
      <Group align="flex-start" gap="xl">
        <Stack gap={0} miw={160}>
          <Text fz={32} fw={600} lh={1.2}>
            {count === null ? '…' : formatNumber(count)}
          </Text>
          <Text c="dimmed">
            {count === null ? 'counting' : segment.unit === 'account' ? plural(count, 'account', 'accounts') : plural(count, 'person', 'people')}
            {count !== null &&
              segment.unit === 'person' &&
              status !== undefined &&
              status.people.all > 0 &&
              `, ${formatPercent(count / status.people.all)} of everyone`}
          </Text>
        </Stack>
        <Stack gap={6} flex={1} miw={240}>
          <Text fz="lg">{segment.sentence}</Text>
          <Group gap="xs">
            <Badge variant="light" color={segment.kind === 'rule' ? 'lagoon' : 'gray'} c="var(--mantine-color-text)">
              {segment.kind === 'rule' ? 'Keeps updating' : 'Frozen list'}
            </Badge>
            <Text span size="xs" c="dimmed">
              {at !== null && `Exact at ${formatDateTime(at)}. `}Version {segment.version}.
            </Text>
          </Group>
          {segment.usedBy.length > 0 && (
            <Text size="sm">
              Used by{' '}
              {segment.usedBy.map((user, index) => (
                <span key={`${user.kind} ${user.id}`}>
                  {index > 0 && ', '}
                  <UserLink user={user} />
                </span>
              ))}
            </Text>
          )}
        </Stack>
      </Group>
    </Paper>
  )
}
