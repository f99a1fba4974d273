import { deepestOffset } from '@kindred/model'
import { Group, Pagination, Text } from '@mantine/core'
import { formatNumber } from './format.ts'

interface PagerProps {
  /** From 1. */
  page: number
  pageSize: number
  total: number
  onChange: (page: number) => void
  /** What is listed, in the plural. */
  of: string
}

/** Which rows of how many are shown, and the way to the others. */
export function Pager({ page, pageSize, total, onChange, of }: PagerProps) {
  const first = Math.min(total, (page - 1) * pageSize + 1)
  const last = Math.min(total, page * pageSize)
  const pages = Math.ceil(Math.min(total, deepestOffset + pageSize) / pageSize)
  return (
    <Group justify="space-between">
      <Text c="dimmed" role="status">
        {formatNumber(first)}–{formatNumber(last)} of {formatNumber(total)} {of}
        {total > pages * pageSize && `, of which the first ${formatNumber(pages * pageSize)} are listed`}
      </Text>
      {total > pageSize && (
        <Pagination
          total={pages}
          value={page}
          onChange={onChange}
          size="sm"
          siblings={1}
          getItemProps={(number) => ({ 'aria-label': `Page ${number}` })}
          getControlProps={(control) => ({ 'aria-label': `${control} page` })}
        />
      )}
    </Group>
  )
}
