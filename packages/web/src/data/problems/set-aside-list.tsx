import type { QuarantineList, QuarantineReason, QuarantineRow } from '@kindred/model'
import { Button, Code, Group, ScrollArea, Select, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useProject, useProjectQuery } from '../../api/project.ts'
import { formatBytes, formatDateTime, formatNumber, plural } from '../../app/format.ts'
import { Loaded } from '../../app/loaded.tsx'
import { EditSetAside } from './edit-set-aside.tsx'

const pageSize = 20
const hour = 3_600_000
const spans = { all: 'Any time', hour: 'Last hour', day: 'Last 24 hours', week: 'Last 7 days' } as const
type Span = keyof typeof spans
const lengths: Record<Exclude<Span, 'all'>, number> = { hour, day: 24 * hour, week: 7 * 24 * hour }

/** The events that are set aside for a reason, newest first, a page at a time; each opens to be corrected. */
export function SetAsideList({ reason }: { reason: QuarantineReason }) {
  const [span, setSpan] = useState<Span>('all')
  const [from, setFrom] = useState<number | null>(null)
  /** Cursors of the pages before this one; '' is the first. */
  const [cursors, setCursors] = useState<string[]>([''])
  const [open, setOpen] = useState<number | null>(null)
  const query = useProjectQuery<QuarantineList>('quarantine', { reason, from, limit: pageSize, cursor: cursors.at(-1) || null })
  const choose = (next: Span) => {
    setSpan(next)
    setFrom(next === 'all' ? null : Date.now() - lengths[next])
    setCursors([''])
  }
  return (
    <Stack gap="xs" mt="sm">
      <Select
        aria-label="Received"
        size="xs"
        w={160}
        allowDeselect={false}
        data={Object.entries(spans).map(([value, label]) => ({ value, label }))}
        value={span}
        onChange={(value) => choose(value as Span)}
      />
      <Loaded query={query}>
        {({ results, total, next }) => (
          <>
            <Rows rows={results} onOpen={setOpen} />
            <Group justify="space-between">
              <Text fz="xs" c="dimmed">
                {formatNumber(total)} {plural(total, 'event', 'events')} set aside
              </Text>
              {total > pageSize && (
                <Group gap="xs">
                  <Button size="xs" variant="default" disabled={cursors.length === 1} onClick={() => setCursors((all) => all.slice(0, -1))}>
                    Newer
                  </Button>
                  <Button size="xs" variant="default" disabled={next === null} onClick={() => next !== null && setCursors((all) => [...all, next])}>
                    Older
                  </Button>
                </Group>
              )}
            </Group>
          </>
        )}
      </Loaded>
      {open !== null && <EditSetAside key={open} id={open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

function Rows({ rows, onOpen }: { rows: readonly QuarantineRow[]; onOpen: (id: number) => void }) {
  const { data: project } = useProject()
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Set-aside events' }}>
      <Table verticalSpacing={6} miw={640}>
        <caption className="kindred-hidden">Events that were set aside, with the reason and how they begin</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Received</Table.Th>
            <Table.Th scope="col">Why</Table.Th>
            <Table.Th scope="col">Event</Table.Th>
            <Table.Th scope="col">
              <span className="kindred-hidden">Correct it</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td style={{ whiteSpace: 'nowrap' }}>{formatDateTime(row.receivedAt, project?.timezone)}</Table.Td>
              <Table.Td>
                <Text fz="sm" lineClamp={2}>
                  {row.detail}
                </Text>
                {row.attempts > 0 && (
                  <Text fz="xs" c="dimmed">
                    sent again {formatNumber(row.attempts)} {plural(row.attempts, 'time', 'times')}
                  </Text>
                )}
              </Table.Td>
              <Table.Td maw={320}>
                <Code style={{ display: 'block', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{row.sample}</Code>
                <Text fz="xs" c="dimmed">
                  {formatBytes(row.bytes)}
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                <Button size="xs" variant="default" onClick={() => onOpen(row.id)} disabled={row.underway} aria-label={`Open event ${row.id}`}>
                  {row.underway ? 'On its way' : 'Open'}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}
