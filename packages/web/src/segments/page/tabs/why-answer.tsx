import type { SegmentWhy } from '@kindred/model'
import { Badge, Group, List, Paper, Stack, Text } from '@mantine/core'
import { useProjectQuery } from '../../../api/project.ts'
import { formatDate, formatDateTime } from '../../../app/format.ts'
import { Lines, Loaded } from '../../../app/loaded.tsx'
import { useEventLabels } from '../../../data/known-names.ts'
import { causeWords } from './cause-words.ts'

/** Why one person is in a segment, or is not: each condition with what is seen, and when that will change by itself. */
export function WhyAnswer({ segmentId, personId }: { segmentId: number; personId: number }) {
  const labelOf = useEventLabels()
  const query = useProjectQuery<SegmentWhy>(`segments/${segmentId}/people/${personId}/why`)
  return (
    <Loaded query={query} skeleton={<Lines count={4} />}>
      {(why) => (
        <Stack gap="xs">
          <Group gap="xs">
            <Badge variant="light" color={why.member ? 'lagoon' : 'gray'} c="var(--mantine-color-text)">
              {why.member ? 'In' : 'Not in'}
            </Badge>
            <Text size="sm">{stateWords(why)}</Text>
          </Group>
          {why.clauses.map((clause) => (
            <Paper key={clause.path} withBorder p="sm">
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Text fw={600}>{clause.met ? 'Yes' : 'No'}</Text>
                <Stack gap={2}>
                  <Text>{clause.sentence}</Text>
                  {clause.seen !== null && (
                    <Text size="sm" c="dimmed">
                      Seen: {clause.seen}
                      {clause.threshold !== null && `. Asked for: ${clause.threshold}`}
                    </Text>
                  )}
                  {clause.events.length > 0 && (
                    <List size="sm">
                      {clause.events.map((event) => (
                        <List.Item key={event.id}>
                          {event.step !== null && `Step ${event.step}: `}
                          {labelOf(event.event)}, {formatDateTime(event.at)}
                        </List.Item>
                      ))}
                    </List>
                  )}
                </Stack>
              </Group>
            </Paper>
          ))}
          <Text size="sm">{nextWords(why)}</Text>
        </Stack>
      )}
    </Loaded>
  )
}

function stateWords({ choice, recorded, member }: SegmentWhy): string {
  if (choice !== null) {
    const reason = choice.reason === '' ? '' : `: ${choice.reason}`
    return `${choice.choice === 'include' ? 'Put in' : 'Left out'} by ${choice.author}, ${formatDateTime(choice.at)}${reason}`
  }
  if (!member) return ''
  return recorded === null
    ? 'Not recorded yet'
    : `Since ${formatDateTime(recorded.since)}, because ${recorded.cause === 'rule' ? 'the rule was made or changed' : causeWords[recorded.cause]}`
}

function nextWords({ next, nextUnknown, horizon, choice }: SegmentWhy): string {
  if (choice !== null) return 'A choice by hand does not change by itself.'
  if (nextUnknown !== null) return `When this changes by itself is not known. ${nextUnknown}`
  if (next === null) return `If nothing happens, this stays so, at least until ${formatDate(horizon)}.`
  return `If nothing happens, they ${next.becomes === 'in' ? 'enter' : 'leave'} on ${formatDateTime(next.at)}.`
}
