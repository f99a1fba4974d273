import { Box, Skeleton } from '@mantine/core'
import { Lines } from './loaded.tsx'

/** Stands in for a page whose code is on its way. */
export function PagePending() {
  return (
    <Box p="xl">
      <Skeleton height={28} width={200} mb="lg" />
      <Lines count={8} />
    </Box>
  )
}
