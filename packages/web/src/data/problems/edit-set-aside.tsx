import type { QuarantinedEvent, QuarantineOutcome } from '@kindred/model'
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { Loaded } from '../../app/loaded.tsx'
import { notifyDone } from '../../app/notify.ts'

const forms = {
  wire: 'This is what the sender wrote.',
  event: 'This is the event as Kindred reads it. A time may be written as 2026-03-31T12:00:00Z.',
  row: 'This is the row that the store would not take.',
} as const

/** One set-aside event, to be corrected as JSON and sent again, or discarded. */
export function EditSetAside({ id, onClose }: { id: number; onClose: () => void }) {
  const query = useProjectQuery<QuarantinedEvent>(`quarantine/${id}`, {}, { staleTime: Number.POSITIVE_INFINITY })
  return (
    <Modal opened onClose={onClose} size="xl" closeButtonProps={{ 'aria-label': 'Close' }} title="Correct the event and send it again">
      <Loaded query={query}>{(event) => <Editor event={event} onClose={onClose} />}</Loaded>
    </Modal>
  )
}

function Editor({ event, onClose }: { event: QuarantinedEvent; onClose: () => void }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [text, setText] = useState(() => indented(event.body))
  const [problem, setProblem] = useState<string | null>(event.detail)
  const done = (message: string) => {
    notifyDone(message)
    onClose()
  }
  const shared = { onError: (error: unknown) => setProblem(messageOf(error)), onSettled: () => refresh() }
  const replay = useMutation({
    ...shared,
    mutationFn: () => api.post<QuarantineOutcome>(projectPath(project, `quarantine/${event.id}/replay`), text === indented(event.body) ? {} : { body: text }),
    onSuccess: (outcome) => {
      if (outcome.state === 'set-aside') setProblem(outcome.detail)
      else done(outcome.state === 'taken' ? 'The event went in.' : 'The event is on its way.')
    },
  })
  const discard = useMutation({
    ...shared,
    mutationFn: () => api.post(projectPath(project, 'quarantine/discard'), { ids: [event.id] }),
    onSuccess: () => done('The event was discarded.'),
  })
  return (
    <Stack>
      {problem !== null && (
        <Alert color="orange" title="Why it is set aside" role="status">
          {problem}
        </Alert>
      )}
      <Text c="dimmed" fz="sm">
        {forms[event.form]} It keeps its uuid and its time.
      </Text>
      <Textarea
        label="Event, JSON"
        autosize
        minRows={8}
        maxRows={24}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Group justify="space-between">
        <Button variant="subtle" color="red" c="var(--mantine-color-error)" loading={discard.isPending} onClick={() => discard.mutate()}>
          Discard
        </Button>
        <Button loading={replay.isPending} onClick={() => replay.mutate()}>
          Send again
        </Button>
      </Group>
    </Stack>
  )
}

/** Text that JSON would change (long numbers, keys given twice) stays as it is. */
function indented(body: string): string {
  if (body.length > 200_000) return body
  try {
    const value: unknown = JSON.parse(body)
    return JSON.stringify(value) === body ? JSON.stringify(value, null, 2) : body
  } catch {
    return body
  }
}
