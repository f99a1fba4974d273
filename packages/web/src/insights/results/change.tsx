import { Text } from '@mantine/core'
import { changeBetween, changeWords } from '../answer/number-format.ts'
import type { ShownRow } from '../answer/shown-answer.ts'

/** How a row moved against the period before; nothing where none is compared. */
export function ChangeWords({ row, withBefore = false }: { row: ShownRow; withBefore?: boolean }) {
  if (row.previous === null) return null
  return (
    <Text span c="dimmed" size="xs" title={`${row.write.full(row.previous.total)} in the period before`}>
      {changeWords(changeBetween(row.total, row.previous.total))}
      {withBefore && ` against ${row.write.full(row.previous.total)} before`}
    </Text>
  )
}
