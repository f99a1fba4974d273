import type { Problem } from '@kindred/model'
import { Badge, Paper, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useProject, useStatus } from '../../api/project.ts'
import { CodedText } from '../../app/coded-text.tsx'
import { EmptyState } from '../../app/empty-state.tsx'
import { formatDateTime, formatNumber, formatRelative, plural } from '../../app/format.ts'
import { Loaded } from '../../app/loaded.tsx'

const kinds: { kind: Problem['kind']; title: string; says: string }[] = [
  { kind: 'quarantined', title: 'Set aside', says: 'Kept whole, but not counted: something in them could not be read.' },
  { kind: 'dropped', title: 'Left out', says: 'Recognised and left out on purpose.' },
  { kind: 'hint', title: 'Put right', says: 'Taken in after a correction. Better changed where they are sent.' },
]

/** Every event that is not simply in, by reason and with what to do about it. */
export function Problems() {
  const query = useStatus()
  return (
    <Loaded query={query}>
      {({ problems }) =>
        problems.length === 0 ? (
          <EmptyState icon={<IconCircleCheck size={40} stroke={1.25} />} title="Nothing to fix">
            Events that are left out, set aside or corrected are listed here with the reason. So far every one came in as it was sent.
          </EmptyState>
        ) : (
          <Stack gap="lg" maw={880}>
            {kinds.map((kind) => (
              <Kind key={kind.kind} {...kind} problems={problems.filter((problem) => problem.kind === kind.kind)} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  )
}

function Kind({ title, says, problems }: { title: string; says: string; problems: Problem[] }) {
  const { data: project } = useProject()
  if (problems.length === 0) return null
  return (
    <section>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" mb="sm">
        {says}
      </Text>
      <Stack gap="sm">
        {problems.map((problem) => (
          <Paper key={problem.reason} withBorder p="md">
            <Text fw={600}>
              {problem.reason.replaceAll('-', ' ')}{' '}
              <Badge ml={8} color="gray" c="var(--mantine-color-text)">
                {formatNumber(problem.count)} {plural(problem.count, 'event', 'events')}
              </Badge>
            </Text>
            <CodedText>{problem.says}</CodedText>
            <Text c="dimmed" fz="xs" title={formatDateTime(problem.lastAt, project?.timezone)}>
              Last {formatRelative(problem.lastAt)}
            </Text>
          </Paper>
        ))}
      </Stack>
    </section>
  )
}
