import { Button, Text } from '@mantine/core'
import { useState } from 'react'

/** About what three lines of a telephone hold. */
const shortEnough = 160

/** A text of any length, three lines of it until the reader asks for the rest. */
export function LongText({ children }: { children: string }) {
  const [all, setAll] = useState(false)
  if (children.length <= shortEnough) return children
  return (
    <>
      <Text c="dimmed" {...(!all && { lineClamp: 3 })}>
        {children}
      </Text>
      <Button variant="subtle" size="compact-xs" ml={-8} aria-expanded={all} onClick={() => setAll(!all)}>
        {all ? 'Show less' : 'Show all'}
      </Button>
    </>
  )
}
