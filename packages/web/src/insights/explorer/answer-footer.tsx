import { Button, Group, List, Stack, Text } from '@mantine/core'
import { formatDateTime, formatNumber } from '../../app/format.ts'
import { IconChartLine, IconTable } from '../../app/icons.tsx'
import type { ShownAnswer } from '../answer/shown-answer.ts'
import { unfinishedBuckets } from '../answer/unfinished.ts'

interface AnswerFooterProps {
  shown: ShownAnswer
  asTable: boolean
  onTable: (asTable: boolean) => void
}

/** The state of the truth below an answer: what it holds, until when, how long it took, and what was left out. */
export function AnswerFooter({ shown: { answer, query, rows }, asTable, onTable }: AnswerFooterProps) {
  const zone = answer.timezone
  const notes = [...answer.notes, ...timeNotes({ answer, query })]
  return (
    <Stack gap="xs" mt="md">
      {notes.length > 0 && (
        <List size="sm" spacing={2} aria-label="What to know about these numbers">
          {notes.map((note) => (
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

/** What a chart over time does not say by itself. */
function timeNotes({ answer, query }: Pick<ShownAnswer, 'answer' | 'query'>): string[] {
  if (query.display !== 'line' && query.display !== 'bar') return []
  const unfinished = unfinishedBuckets(answer)
  const { interval, buckets } = answer
  const last = unfinished.has(buckets.length - 1) && !query.cumulative ? [`The last ${interval} is not over yet, so it holds only what happened so far.`] : []
  const several = query.series.some(({ measure }) => measure === 'people') && query.formulas.length === 0 && buckets.length > 1 && !query.cumulative
  return [
    ...last,
    ...(several ? [`A total adds up the ${interval}s: whoever is in several of them counts in each. Show it as a number to count everybody once.`] : []),
  ]
}

const took = (milliseconds: number): string => (milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${formatNumber(milliseconds / 1000)} s`)
