import { Badge, Group } from '@mantine/core'

/** What the team said of a name, beside it. */
export function Marks({ hidden, verified, sensitive = false }: { hidden: boolean; verified: boolean; sensitive?: boolean }) {
  const marks = [verified && 'Verified', hidden && 'Hidden', sensitive && 'Sensitive'].filter((mark) => mark !== false)
  if (marks.length === 0) return null
  return (
    <Group gap={4} mt={4}>
      {marks.map((mark) => (
        <Badge key={mark} size="xs" variant="outline" color="gray" c="var(--mantine-color-text)">
          {mark}
        </Badge>
      ))}
    </Group>
  )
}
