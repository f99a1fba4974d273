import { Button, Group, Loader, Text } from '@mantine/core'
import { useEffect, useState } from 'react'

interface ProgressProps {
  fetching: boolean
  /** What is being done; left out: counting. */
  doing?: string
  onCancel: () => unknown
}

/** Says that an answer is on its way once that takes over a second, for how long, and lets the reader stop it. */
export function Progress({ fetching, doing = 'Counting', onCancel }: ProgressProps) {
  return (
    <div aria-live="polite" style={{ minHeight: 32 }}>
      {fetching && <Waiting doing={doing} onCancel={onCancel} />}
    </div>
  )
}

function Waiting({ doing, onCancel }: Omit<ProgressProps, 'fetching'>) {
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
        {doing}, {seconds} s so far
      </Text>
      <Button size="compact-xs" variant="default" onClick={() => onCancel()}>
        Stop
      </Button>
    </Group>
  )
}
