import { Box } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import { Failure } from './loaded.tsx'

/** Stands in for a page whose code failed, so that the rest of the shell goes on working. */
export function PageFailure({ error, reset }: ErrorComponentProps) {
  return (
    <Box p="lg" maw={640}>
      <Failure error={error} retry={reset} />
    </Box>
  )
}
