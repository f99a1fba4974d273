import type { MemberChange, Segment, SegmentDay, SegmentHistory, SegmentSizes } from '@kindred/model'
import { Alert, Button, Group, Select, Stack, Table, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/client.ts'
import { projectPath, useProjectId, useProjectPages, useProjectQuery, useRefreshProject } from '../../../api/project.ts'
import { messageOf } from '../../../app/error-message.ts'
import { formatDate, formatDateTime, formatNumber, plural } from '../../../app/format.ts'
import { TextLink } from '../../../app/links.tsx'
import { Loaded } from '../../../app/loaded.tsx'
import { notifyDone } from '../../../app/notify.ts'
import { causeWords } from './cause-words.ts'
import { SizeChart } from './size-chart.tsx'

const day = 86_400_000
/** Of the time before recording, computed when asked for. */
const daysBefore = 90

/** How the segment grew and shrank: its size, and everybody who entered or left, with the reason. */
export function History({ segment }: { segment: Segment }) {
  const [cause, setCause] = useState<string | null>(null)
  const history = useProjectPages<MemberChange, SegmentHistory>(`segments/${segment.id}/history`, { days: 365, cause })
  return (
    <Stack>
      <Recorded segment={segment} />
      <Loaded query={history}>
        {({ pages }) => {
          const { days = [], since = null } = pages[0] ?? {}
          const changes = pages.flatMap(({ results }) => results)
          return (
            <Stack>
              {days.length > 0 && <Sizes segment={segment} days={days} since={since} />}
              <Select
                label="Entered or left because"
                placeholder="Any reason"
                data={Object.entries(causeWords).map(([value, label]) => ({ value, label }))}
                value={cause}
                onChange={setCause}
                clearable
                clearButtonProps={{ 'aria-label': 'Show every reason' }}
                maw={420}
              />
              {changes.length === 0 ? <Text c="dimmed">No changes yet.</Text> : <Changes changes={changes} unit={segment.unit} since={since} />}
              {history.hasNextPage && (
                <Button variant="default" w="fit-content" loading={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                  Show earlier changes
                </Button>
              )}
            </Stack>
          )
        }}
      </Loaded>
    </Stack>
  )
}

function Recorded({ segment }: { segment: Segment }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const computing = useMutation({
    mutationFn: () => api.post(projectPath(project, `segments/${segment.id}/recompute`)),
    onSuccess: async () => {
      await refresh()
      notifyDone('The members are up to date.')
    },
  })
  return (
    <Group justify="space-between">
      <Text c="dimmed">
        {segment.recorded === null
          ? 'Not computed yet.'
          : `Exact at ${formatDateTime(segment.recorded.at)}: ${formatNumber(segment.recorded.size)} ${plural(segment.recorded.size, 'member', 'members')}.`}
        {segment.paused && ' Paused, since nobody looked at it for 30 days; it goes on now.'}
        {segment.recordError !== null && ` The last time it failed: ${segment.recordError}`}
      </Text>
      <Button variant="default" loading={computing.isPending} disabled={segment.archivedAt !== null} onClick={() => computing.mutate()}>
        Compute now
      </Button>
      {computing.error && (
        <Alert color="red" role="alert">
          {messageOf(computing.error)}
        </Alert>
      )}
    </Group>
  )
}

function Sizes({ segment, days, since }: { segment: Segment; days: SegmentDay[]; since: number | null }) {
  const [asked, setAsked] = useState(false)
  const start = since ?? Date.now()
  const before = useProjectQuery<SegmentSizes>(`segments/${segment.id}/sizes`, { from: start - daysBefore * day, to: start, points: 13 }, { enabled: asked })
  const recorded = days.map((each) => ({ at: Date.parse(each.day), size: each.size }))
  const computed = asked ? (before.data?.points ?? []) : []
  return (
    <Stack gap="xs">
      {recorded.length + computed.length > 1 ? (
        <SizeChart recorded={recorded} computed={computed} />
      ) : (
        <Text c="dimmed">The size is drawn as soon as two days of it are recorded.</Text>
      )}
      {segment.definition !== null && segment.unit === 'person' && !asked && (
        <Button variant="default" size="xs" w="fit-content" onClick={() => setAsked(true)}>
          Compute the {daysBefore} days before
        </Button>
      )}
      {asked && before.error && <Alert role="alert">{messageOf(before.error)}</Alert>}
      <details>
        <summary>Days as a table</summary>
        <Table maw={480}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Day</Table.Th>
              <Table.Th ta="right">Members</Table.Th>
              <Table.Th ta="right">Entered</Table.Th>
              <Table.Th ta="right">Left</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.toReversed().map((each) => (
              <Table.Tr key={each.day}>
                <Table.Td>{formatDate(Date.parse(each.day), 'UTC')}</Table.Td>
                <Table.Td ta="right">{formatNumber(each.size)}</Table.Td>
                <Table.Td ta="right">{formatNumber(each.entered)}</Table.Td>
                <Table.Td ta="right">{formatNumber(each.left)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </Stack>
  )
}

interface ChangesProps {
  changes: MemberChange[]
  unit: 'person' | 'account'
  since: number | null
}

function Changes({ changes, unit, since }: ChangesProps) {
  return (
    <Table aria-label="Who entered and left, newest first" className="kindred-rows">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Who</Table.Th>
          <Table.Th>What</Table.Th>
          <Table.Th>Because</Table.Th>
          <Table.Th>When</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {changes.map((change) => (
          <Table.Tr key={`${change.at} ${change.id} ${change.entered}`}>
            <Table.Td>
              {change.label === null ? (
                'no longer here'
              ) : unit === 'person' ? (
                <TextLink to="/people/$personId" params={{ personId: String(change.id) }}>
                  {change.label}
                </TextLink>
              ) : (
                <TextLink to="/accounts/$accountId" params={{ accountId: String(change.id) }}>
                  {change.label}
                </TextLink>
              )}
            </Table.Td>
            <Table.Td>{change.entered ? 'entered' : 'left'}</Table.Td>
            <Table.Td>{whyWords(change, since)}</Table.Td>
            <Table.Td>{formatDateTime(change.at)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

/** Everyone is new the first time. */
function whyWords({ cause, version, at }: MemberChange, since: number | null): string {
  if (cause !== 'rule') return causeWords[cause]
  return at === since ? 'in it when recording began' : `${causeWords.rule} (version ${version})`
}
