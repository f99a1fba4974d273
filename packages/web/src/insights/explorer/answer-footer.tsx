import { Button, Group, List, Stack, Text } from '@mantine/core'
import { IconChartLine, IconTable } from '@tabler/icons-react'
import { formatDateTime, formatNumber } from '../../app/format.ts'
import type { ShownAnswer } from '../answer/shown-answer.ts'

interface AnswerFooterProps {
  shown: ShownAnswer
  asTable: boolean
  onTable: (asTable: boolean) => void
}

/** The state of the truth below an answer: what it holds, until when, how long it took, and what was left out. */
export function AnswerFooter({ shown: { answer, query, rows }, asTable, onTable }: AnswerFooterProps) {
  const zone = answer.timezone
  return (
    <Stack gap="xs" mt="md">
      {answer.notes.length > 0 && (
        <List size="sm" spacing={2} aria-label="What to know about these numbers">
          {answer.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      <Group justify="space-between" gap="xs">
        <Text size="xs" c="dimmed" title={`Log position ${formatNumber(answer.watermark)}`}>
          {formatDateTime(answer.range.from, zone)} to {formatDateTime(answer.range.to, zone)}, {zone}. Exact through {formatDateTime(answer.at, zone)}, counted
          in {took(answer.milliseconds)}.{rows.some((row) => !row.headcount) && ' A number opens the people it was counted from.'}
        </Text>
        {query.display !== 'table' && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={asTable ? <IconChartLine size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
            onClick={() => onTable(!asTable)}
          >
            {asTable ? 'Show as chart' : 'Show as table'}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

const took = (milliseconds: number): string => (milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${formatNumber(milliseconds / 1000)} s`)
