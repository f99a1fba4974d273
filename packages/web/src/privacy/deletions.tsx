import type { Deletion, Page } from '@kindred/model'
import { Alert, Badge, Button, Group, Paper, Progress, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProject, useProjectId, useProjectQuery, useRefreshProject } from '../api/project.ts'
import { formatDateTime, formatNumber, plural } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { notifyError } from '../app/notify.ts'
import { Section } from '../settings/section.tsx'
import { DeletionReceipt } from './deletion-receipt.tsx'
import { stepWords } from './words.ts'

const pageSize = 20

/** Deletions, newest first, with how far they are and their receipts. */
export function Deletions() {
  const [shown, setShown] = useState(pageSize)
  const query = useProjectQuery<Page<Deletion>>('deletions', { limit: shown }, { refetchInterval: 2000 })
  return (
    <Section title="Deletions" says="Begin one from a person’s page, or for many at once through the API. A receipt names nobody.">
      <Loaded query={query}>
        {({ results, next }) => (
          <Stack gap="sm">
            {results.length === 0 && <Text c="dimmed">Nobody was deleted yet.</Text>}
            {results.map((deletion) => (
              <DeletionBox key={deletion.id} deletion={deletion} />
            ))}
            {next !== null && (
              <Button variant="default" onClick={() => setShown((before) => Math.min(500, before + pageSize))}>
                Show more
              </Button>
            )}
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

function DeletionBox({ deletion }: { deletion: Deletion }) {
  const { data: project } = useProject()
  const [open, setOpen] = useState(false)
  const { id, people, state, step, progress, reason, requestedBy, requestedAt, block, error, receipt } = deletion
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={600}>
            No. {id}: {formatNumber(people)} {plural(people, 'person', 'people')}
            {block && ', blocked'}
          </Text>
          <Badge variant="light" color={stateColours[state]} c="var(--mantine-color-text)">
            {stateWords[state]}
          </Badge>
        </Group>
        <Text c="dimmed" fz="xs">
          {formatDateTime(requestedAt, project?.timezone)}, by {requestedBy}
          {reason !== '' && `: ${reason}`}
        </Text>
        {state === 'running' && (
          <>
            <Progress value={progress * 100} aria-label={`Deletion ${id}`} />
            <Text c="dimmed" fz="xs" role="status">
              {stepWords[step]}
            </Text>
          </>
        )}
        {error !== null && <Failed id={id} error={error} />}
        {receipt !== null && (
          <>
            <Button size="xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)} style={{ alignSelf: 'flex-start' }}>
              {open ? 'Hide the receipt' : 'Receipt'}
            </Button>
            {open && <DeletionReceipt receipt={receipt} endedAt={deletion.endedAt} />}
          </>
        )}
      </Stack>
    </Paper>
  )
}

const stateWords: Record<Deletion['state'], string> = { running: 'Under way', done: 'Done', failed: 'Not finished' }
const stateColours: Record<Deletion['state'], string> = { running: 'blue', done: 'green', failed: 'red' }

function Failed({ id, error }: { id: number; error: string }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const retrying = useMutation({
    mutationFn: () => api.post<Deletion>(projectPath(project, `deletions/${id}/retry`)),
    onSuccess: () => refresh('deletions'),
    onError: notifyError,
  })
  return (
    <Alert color="red" title="It could not be finished">
      <Stack gap="xs" align="flex-start">
        <Text>The person is gone for everyone already; some place could not be cleared yet: {error}.</Text>
        <Button size="xs" variant="default" loading={retrying.isPending} onClick={() => retrying.mutate()}>
          Try again
        </Button>
      </Stack>
    </Alert>
  )
}
