import type { Retention } from '@kindred/model'
import { Alert, Button, Group, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProject, useProjectId, useProjectQuery, useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { formatDate, formatDateTime, formatNumber, plural } from '../app/format.ts'
import { Loaded } from '../app/loaded.tsx'
import { notifyDone } from '../app/notify.ts'
import { Section } from '../settings/section.tsx'

/** How long events are kept, with what a shorter time would delete before it is saved. */
export function RetentionForm() {
  const query = useProjectQuery<Retention>('retention', {}, { refetchInterval: 5000 })
  return (
    <Section title="How long events are kept" says="Older events are deleted once a day, from the store and the log. Profiles stay as they are.">
      <Loaded query={query}>
        {(retention) => (
          <Stack>
            <Form key={retention.days ?? 'off'} retention={retention} />
            <Runs retention={retention} />
          </Stack>
        )}
      </Loaded>
    </Section>
  )
}

const usualDays = 730

function Form({ retention }: { retention: Retention }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [on, setOn] = useState(retention.days !== null)
  const [days, setDays] = useState<number | string>(retention.days ?? usualDays)
  const wanted = on && typeof days === 'number' ? days : null
  const valid = !on || (typeof days === 'number' && days >= 1)
  const due = useProjectQuery<{ events: number }>('retention/due', { days: wanted }, { enabled: wanted !== null && wanted !== retention.days })
  const saving = useMutation({
    mutationFn: () => api.put<Retention>(projectPath(project, 'retention'), { days: wanted }),
    onSuccess: async () => {
      await refresh('retention')
      notifyDone('Saved.')
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  const events = due.data?.events
  return (
    <form onSubmit={submit}>
      <Stack>
        <Switch label="Delete events above an age" checked={on} onChange={(event) => setOn(event.currentTarget.checked)} />
        {on && <NumberInput label="Days" value={days} onChange={setDays} min={1} max={36_500} allowDecimal={false} clampBehavior="strict" maw={200} />}
        {wanted !== null && wanted !== retention.days && events !== undefined && (
          <Alert color={events > 0 ? 'orange' : 'gray'} role="status">
            {events > 0
              ? `${formatNumber(events)} ${plural(events, 'event is', 'events are')} older and will be deleted at once. This cannot be undone.`
              : 'No event is older than that now.'}
          </Alert>
        )}
        {saving.error && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        <Group>
          <Button
            type="submit"
            color={wanted !== null && (events ?? 0) > 0 ? 'red' : undefined}
            loading={saving.isPending}
            disabled={!valid || wanted === retention.days}
          >
            {wanted !== null && wanted !== retention.days && (events ?? 0) > 0 ? 'Save and delete' : 'Save'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function Runs({ retention: { runs, nextAt } }: { retention: Retention }) {
  const { data: project } = useProject()
  if (runs.length === 0) return null
  return (
    <Stack gap={4} component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-label="Runs">
      {nextAt !== null && (
        <Text component="li" c="dimmed">
          Next {formatDateTime(nextAt, project?.timezone)}
        </Text>
      )}
      {runs.map(({ id, at, before, removed, state, error }) => (
        <Text component="li" key={id}>
          {formatDateTime(at, project?.timezone)}:{' '}
          {state === 'running'
            ? 'under way'
            : state === 'failed'
              ? `failed (${error})`
              : `${formatNumber(removed[0]?.removed ?? 0)} events of before ${formatDate(before, 'UTC')} deleted`}
        </Text>
      ))}
    </Stack>
  )
}
