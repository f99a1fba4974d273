import type { SegmentUser } from '@kindred/model'
import { List } from '@mantine/core'
import { UserLink, userKindWords } from './user-link.tsx'

interface UserListProps {
  users: readonly SegmentUser[]
  /** Leads to where the segment can be taken out of each. */
  editing?: boolean
}

/** Everything that asks who is in a segment. */
export function UserList({ users, editing = false }: UserListProps) {
  return (
    <List>
      {users.map((user) => (
        <List.Item key={`${user.kind} ${user.id}`}>
          <UserLink user={user} editing={editing} />, {userKindWords[user.kind]}
        </List.Item>
      ))}
    </List>
  )
}
