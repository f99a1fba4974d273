import type { SegmentDefinition, SegmentSizes } from '@kindred/model'
import { Alert, Button, Group, Progress, Stack, Table, Text, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatDate, formatNumber } from '../../app/format.ts'
import { SizeChart, type SizePoint } from '../page/tabs/size-chart.tsx'

const day = 86_400_000
const days = 90
/** Every sixth day, the first and the last among them. */
const moments = 16
/** Asked together: few, so that the reader sees how far it is. */
const atOnce = 2

/** How large the definition would have been over the last 90 days: counted when asked for, the newest first, until the reader changes it or stops. */
export function SizeOverTime({ definition }: { definition: SegmentDefinition }) {
  const { points, error, running, start, stop } = useSizes(definition)
  const sorted = [...points].sort((a, b) => a.at - b.at)
  return (
    <section aria-label={`Size over the last ${days} days`}>
      <Title order={2} size="h3" mb={4}>
        Over the last {days} days
      </Title>
      <Stack gap="xs">
        {sorted.length > 0 && <SizeChart recorded={sorted} computed={[]} />}
        {running && (
          <Group gap="xs" wrap="nowrap">
            <Progress flex={1} value={(100 * points.length) / moments} aria-label="Days counted" />
            <Text size="xs" c="dimmed">
              {points.length} of {moments}
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={stop}>
              Stop
            </Button>
          </Group>
        )}
        {error !== null && (
          <Alert color="red" role="alert">
            {messageOf(error)}
          </Alert>
        )}
        {!running && points.length < moments && (
          <Button size="xs" variant="default" w="fit-content" onClick={start}>
            {points.length === 0 ? 'Count the past' : 'Go on'}
          </Button>
        )}
        {points.length > 0 && <Days points={sorted} />}
      </Stack>
    </section>
  )
}

function Days({ points }: { points: readonly SizePoint[] }) {
  return (
    <details>
      <summary>As a table</summary>
      <Table verticalSpacing={2}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day</Table.Th>
            <Table.Th ta="right">Size</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {points.toReversed().map(({ at, size }) => (
            <Table.Tr key={at}>
              <Table.Td>{formatDate(at)}</Table.Td>
              <Table.Td ta="right">{formatNumber(size)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </details>
  )
}

/** Counts moment after moment, newest first; leaving the page, or changing the definition (a key), ends it on the server too. */
function useSizes(definition: SegmentDefinition) {
  const project = useProjectId()
  const [points, setPoints] = useState<readonly SizePoint[]>([])
  const [error, setError] = useState<Error | null>(null)
  const [running, setRunning] = useState(false)
  const [now, setNow] = useState<number | null>(null)
  const asking = useRef<AbortController | null>(null)
  useEffect(() => () => asking.current?.abort(), [])
  const start = async () => {
    const until = now ?? Date.now()
    const control = new AbortController()
    asking.current = control
    setNow(until)
    setError(null)
    setRunning(true)
    try {
      for (let place = points.length; place < moments; place += atOnce) {
        const some = Array.from({ length: Math.min(atOnce, moments - place) }, (_, offset) => momentOf(place + offset, until))
        const found = await api.post<SegmentSizes>(projectPath(project, 'segments/sizes'), { definition, moments: some }, { signal: control.signal })
        setPoints((before) => [...before, ...found.points])
      }
    } catch (cause) {
      if (!control.signal.aborted) setError(cause as Error)
    }
    if (!control.signal.aborted) setRunning(false)
  }
  const stop = () => {
    asking.current?.abort()
    setRunning(false)
  }
  return { points, error, running, start: () => void start(), stop }
}

const momentOf = (place: number, until: number) => until - Math.round((place * days * day) / (moments - 1))
