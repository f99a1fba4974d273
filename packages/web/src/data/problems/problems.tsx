import type { Problem, QuarantineReason, QuarantineTotals } from '@kindred/model'
import { Badge, Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useProject, useProjectQuery, useStatus } from '../../api/project.ts'
import { CodedText } from '../../app/coded-text.tsx'
import { EmptyState } from '../../app/empty-state.tsx'
import { formatDateTime, formatNumber, formatRelative, plural } from '../../app/format.ts'
import { IconCircleCheck } from '../../app/icons.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { problemTitle } from './problem-titles.ts'
import { SetAsideActions } from './set-aside-actions.tsx'
import { SetAsideList } from './set-aside-list.tsx'

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
              {problemTitle(problem.reason)}{' '}
              <Badge ml={8} color="gray" c="var(--mantine-color-text)">
                {formatNumber(problem.count)} {plural(problem.count, 'event', 'events')}
              </Badge>
            </Text>
            <CodedText>{problem.says}</CodedText>
            <Text c="dimmed" fz="xs" title={formatDateTime(problem.lastAt, project?.timezone)}>
              Last {formatRelative(problem.lastAt)}
            </Text>
            {problem.kind === 'quarantined' && <SetAside reason={problem.reason as QuarantineReason} />}
          </Paper>
        ))}
      </Stack>
    </section>
  )
}

/** How many of a reason are kept, what became of the others, and the events themselves on demand. */
function SetAside({ reason }: { reason: QuarantineReason }) {
  const [isOpen, setOpen] = useState(false)
  const { data } = useProjectQuery<{ reasons: QuarantineTotals[] }>('quarantine/totals', {}, { refetchInterval: 5000 })
  const totals = data?.reasons.find((each) => each.reason === reason)
  if (totals === undefined) return null
  return (
    <>
      <Text fz="sm" mt={4}>
        {becameWords(totals)}
      </Text>
      {totals.waiting > 0 && (
        <Group gap="xs" mt="xs">
          <Button size="xs" variant="light" onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
            {isOpen ? 'Hide events' : 'Show events'}
          </Button>
          <SetAsideActions reason={reason} waiting={totals.waiting} />
        </Group>
      )}
      {isOpen && totals.waiting > 0 && <SetAsideList reason={reason} />}
    </>
  )
}

function becameWords({ count, waiting, replayed, discarded, expired }: QuarantineTotals): string {
  const others = [
    [replayed, 'went in later'],
    [discarded, 'discarded'],
    [expired, 'left because of their number or age'],
  ] as const
  const said = others.filter(([number]) => number > 0).map(([number, words]) => `${formatNumber(number)} ${words}`)
  return [keptWords(waiting, count), ...said].join(', ')
}

function keptWords(waiting: number, count: number): string {
  if (waiting === count) return plural(count, 'It is kept here', 'All are kept here')
  return `${formatNumber(waiting)} of ${formatNumber(count)} ${plural(waiting, 'is', 'are')} kept here`
}
