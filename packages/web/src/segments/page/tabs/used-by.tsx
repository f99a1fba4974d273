import type { Segment } from '@kindred/model'
import { Text } from '@mantine/core'
import { UserList } from '../user-list.tsx'

/** What asks who is in the segment. */
export function UsedBy({ segment }: { segment: Segment }) {
  return segment.usedBy.length === 0 ? <Text c="dimmed">Nothing uses this segment.</Text> : <UserList users={segment.usedBy} />
}
