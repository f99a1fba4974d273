import { Group, Stack, Text, UnstyledButton } from '@mantine/core'
import { pointOf, type ShownAnswer } from '../answer/shown-answer.ts'
import { ChangeWords } from './change.tsx'
import type { OpenPoint } from './open-point.ts'
import classes from './results.module.css'

/** Each row as one large number. */
export function NumberResult({ shown, onOpen }: { shown: ShownAnswer; onOpen: OpenPoint }) {
  return (
    <Group gap="md" align="stretch">
      {shown.rows.map((row) => (
        <UnstyledButton key={row.key} className={classes.figure} title="Show the people" onClick={() => onOpen(pointOf(row), row.name)}>
          <Stack gap={4}>
            <Text c="dimmed">{row.name}</Text>
            <span className={classes.large}>{row.write.full(row.total)}</span>
            <ChangeWords row={row} withBefore />
          </Stack>
        </UnstyledButton>
      ))}
    </Group>
  )
}
