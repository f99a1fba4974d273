import type { DemoProgress } from '@kindred/model'
import { Progress, Stack, Text } from '@mantine/core'
import { formatDuration, formatNumber } from '../app/format.ts'

/** How many of the demo's events are in, how fast, and how long it still takes. */
export function DemoProgressBar({ progress }: { progress: DemoProgress }) {
  const { events, total, eventsPerSecond, secondsLeft } = progress
  return (
    <Stack gap={4}>
      <Progress value={total > 0 ? (100 * events) / total : 0} aria-label="Filling the demo shop" />
      <Text c="dimmed" fz="xs">
        {formatNumber(events)} of {formatNumber(total)} events
        {eventsPerSecond > 0 && `, ${formatNumber(Math.round(eventsPerSecond))} a second`}
        {secondsLeft !== null && `, ${formatDuration(secondsLeft)} left`}
      </Text>
    </Stack>
  )
}
