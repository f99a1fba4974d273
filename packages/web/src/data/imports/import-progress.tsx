import type { ImportState, Page, RejectedRow } from '@kindred/model'
import { Alert, Button, Group, List, Paper, Progress, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { api, apiUrl } from '../../api/client.ts'
import { projectPath, projectQuery, useProjectId, useProjectQuery } from '../../api/project.ts'
import { formatBytes, formatDuration, formatNumber, formatPercent, plural } from '../../app/format.ts'
import { IconDownload } from '../../app/icons.tsx'
import { ButtonLink, TextLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { notifyError } from '../../app/notify.ts'
import { BadRows } from './bad-rows.tsx'
import { importStateWords, shareDone } from './import-words.ts'

/** How far an import is and what came of it; can be cancelled, and gone on with where it stopped. */
export function ImportProgress() {
  const { importId } = getRouteApi('/signed-in/data/imports/$importId').useParams()
  const path = `imports/${encodeURIComponent(importId)}`
  const [going, setGoing] = useState(true)
  const query = useProjectQuery<ImportState>(path, {}, { refetchInterval: going ? 500 : false, staleTime: 0 })
  const client = useQueryClient()
  const state = query.data?.state
  useEffect(() => {
    setGoing(state === undefined || state === 'waiting' || state === 'running')
    // What the import brought shows everywhere else too.
    if (state === 'done') client.invalidateQueries({ queryKey: ['project'], refetchType: 'none' }).catch(notifyError)
  }, [state, client])
  return <Loaded query={query}>{(loaded) => <Import state={loaded} path={path} />}</Loaded>
}

function Import({ state, path }: { state: ImportState; path: string }) {
  const project = useProjectId()
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (action: 'cancel' | 'resume') => api.post<ImportState>(projectPath(project, `${path}/${action}`)),
    onSuccess: (answer) => client.setQueryData(projectQuery<ImportState>(project, path).queryKey, answer),
    onError: notifyError,
  })
  const going = state.state === 'running' || state.state === 'waiting'
  return (
    <Stack gap="lg" maw={880}>
      <div>
        <TextLink to="/data/imports">All imports</TextLink>
        <Title order={2}>{state.name}</Title>
      </div>
      <Paper withBorder p="lg">
        <Stack gap="sm">
          <Group justify="space-between">
            <Text fw={600} role="status">
              {importStateWords[state.state]}
              {going && `, ${formatPercent(shareDone(state))}`}
            </Text>
            {going && (
              <Button variant="default" loading={change.isPending} onClick={() => change.mutate('cancel')}>
                Cancel
              </Button>
            )}
            {(state.state === 'cancelled' || state.state === 'failed') && (
              <Button loading={change.isPending} onClick={() => change.mutate('resume')}>
                Go on where it stopped
              </Button>
            )}
          </Group>
          <Progress value={100 * shareDone(state)} aria-label="Share of the file that is done" animated={state.state === 'running'} />
          <Text c="dimmed">{paceWords(state)}</Text>
          {state.error !== null && (
            <Alert color="red" role="alert" title="It stopped">
              {state.error}
            </Alert>
          )}
          {state.notes.map((note) => (
            <Text key={note}>{note}</Text>
          ))}
        </Stack>
      </Paper>
      <Counts state={state} />
      <LeftOut state={state} path={path} />
      {state.state === 'done' && <WhatNext state={state} />}
    </Stack>
  )
}

function WhatNext({ state: { events, duplicates } }: { state: ImportState }) {
  if (events + duplicates === 0) {
    return (
      <Group>
        <ButtonLink to="/data/imports/new">Import another file</ButtonLink>
      </Group>
    )
  }
  return (
    <Group>
      <ButtonLink to="/">See what is known now</ButtonLink>
      <ButtonLink to="/people" variant="default">
        People
      </ButtonLink>
      <ButtonLink to="/data/roles" variant="default">
        Check what events mean
      </ButtonLink>
    </Group>
  )
}

function paceWords(state: ImportState): string {
  const read = `${formatBytes(Math.min(state.bytesRead, state.bytes))} of ${formatBytes(state.bytes)}`
  if (state.state === 'running') {
    const left = state.secondsLeft === null ? '' : `, about ${formatDuration(state.secondsLeft)} left`
    return `${read}, ${formatNumber(Math.round(state.rowsPerSecond))} rows a second${left}`
  }
  if (state.startedAt !== null && state.endedAt !== null) return `${read}, in ${formatDuration((state.endedAt - state.startedAt) / 1000)}`
  return read
}

function Counts({ state }: { state: ImportState }) {
  const counts = [
    { label: 'Rows read', count: state.rows },
    { label: 'New events', count: state.events },
    { label: 'People', count: state.people },
    { label: 'There already', count: state.duplicates },
    { label: 'Rejected rows', count: state.rejected },
  ]
  return (
    <SimpleGrid cols={{ base: 2, sm: 5 }} spacing="sm">
      {counts.map(({ label, count }) => (
        <Paper key={label} withBorder p="sm">
          <Text c="dimmed" fz="xs">
            {label}
          </Text>
          <Text fw={600} fz="xl">
            {formatNumber(count)}
          </Text>
        </Paper>
      ))}
    </SimpleGrid>
  )
}

function LeftOut({ state, path }: { state: ImportState; path: string }) {
  const skipped = Object.entries(state.skipped)
  return (
    <>
      {state.rejected > 0 && <Rejected state={state} path={path} />}
      {skipped.length > 0 && (
        <section>
          <Title order={3} mb="xs">
            Left out on purpose
          </Title>
          <List>
            {skipped.map(([reason, count]) => (
              <List.Item key={reason}>
                {formatNumber(count)} {plural(count, 'row', 'rows')}: {reason}
              </List.Item>
            ))}
          </List>
        </section>
      )}
    </>
  )
}

const shownRejects = 20

/** The first of the rows that could not be read, with the reason of each, and the way to all of them. */
function Rejected({ state, path }: { state: ImportState; path: string }) {
  const project = useProjectId()
  const query = useProjectQuery<Page<RejectedRow>>(`${path}/rejected-rows`, { limit: shownRejects })
  const { rejected } = state
  return (
    <Alert color="orange" title={`${formatNumber(rejected)} ${plural(rejected, 'row', 'rows')} could not be read`}>
      <Stack gap="sm" align="stretch">
        <Text>{rejectedWords(state)}</Text>
        <Loaded query={query}>{({ results }) => <BadRows rows={results} />}</Loaded>
        <Group justify="space-between">
          <Text c="dimmed" fz="xs">
            {rejected > shownRejects && `The first ${shownRejects} of ${formatNumber(rejected)}.`}
          </Text>
          <Button
            component="a"
            href={apiUrl(projectPath(project, `${path}/rejects`))}
            download
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
          >
            Download the rejected rows
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

function rejectedWords({ state, events, duplicates }: ImportState): string {
  if (state !== 'done') return 'So far; all others that were read are in.'
  if (events + duplicates === 0) return 'Nothing came in. Say otherwise how the column is written, or correct the file, and import it again.'
  return 'All others are in. Correct these rows and import them again.'
}
