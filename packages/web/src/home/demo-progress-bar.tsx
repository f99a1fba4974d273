import type { DemoProgress } from '@kindred/model'
import { Progress, Stack, Text } from '@mantine/core'
import { useRef } from 'react'
import { formatDuration, formatNumber } from '../app/format.ts'

/** How many of the demo's events are in, how fast, and how long it still takes. */
export function DemoProgressBar({ progress }: { progress: DemoProgress }) {
  const began = useRef({ at: Date.now(), events: progress.events })
  const seconds = (Date.now() - began.current.at) / 1000
  const rate = seconds < 1 ? 0 : (progress.events - began.current.events) / seconds
  const share = progress.total > 0 ? (100 * progress.events) / progress.total : 0
  return (
    <Stack gap={4}>
      <Progress value={share} aria-label="Filling the demo shop" />
      <Text c="dimmed" fz="xs">
        {formatNumber(progress.events)} of {formatNumber(progress.total)} events
        {rate > 0 && `, ${formatNumber(Math.round(rate))} a second, ${formatDuration((progress.total - progress.events) / rate)} left`}
      </Text>
    </Stack>
  )
}
