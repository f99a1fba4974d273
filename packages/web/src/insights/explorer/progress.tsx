import { Button, Group, Loader, Text } from '@mantine/core'
import { useEffect, useState } from 'react'

/** Says that an answer is on its way once that takes over a second, for how long, and lets the reader stop it. */
export function Progress({ fetching, onCancel }: { fetching: boolean; onCancel: () => unknown }) {
  return (
    <div aria-live="polite" style={{ minHeight: 32 }}>
      {fetching && <Waiting onCancel={onCancel} />}
    </div>
  )
}

function Waiting({ onCancel }: { onCancel: () => unknown }) {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  if (seconds === 0) return null
  return (
    <Group gap="xs" py={4}>
      <Loader size="xs" aria-hidden />
      <Text size="sm" c="dimmed">
        Counting, {seconds} s so far
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => onCancel()}>
        Stop
      </Button>
    </Group>
  )
}
