import type { CorrectionPreview, CorrectionState, QuarantineReason } from '@kindred/model'
import { Alert, Button, Code, Group, Modal, Progress, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatNumber, plural } from '../../app/format.ts'
import { CorrectionSteps, type StepDraft, stepsOf } from './correction-steps.tsx'

interface CorrectProps {
  reason: QuarantineReason
  onClose: () => void
}

/** One correction for all events of a reason: what is to change, what that would do, and how far it is. */
export function CorrectSetAside({ reason, onClose }: CorrectProps) {
  const [drafts, setDrafts] = useState<StepDraft[]>([{ key: 0, kind: 'event', name: '', value: '' }])
  const [contains, setContains] = useState('')
  const [started, setStarted] = useState(false)
  const project = useProjectId()
  const steps = stepsOf(drafts)
  const request = { reason, ...(contains === '' ? {} : { contains }), steps }
  const post = <Reply,>(path: string) => api.post<Reply>(projectPath(project, `quarantine/correct${path}`), request)
  const preview = useMutation({ mutationFn: () => post<CorrectionPreview>('/preview') })
  const correct = useMutation({ mutationFn: () => post<CorrectionState>(''), onSuccess: () => setStarted(true) })
  const change = (next: StepDraft[]) => {
    setDrafts(next)
    preview.reset()
  }
  const error = preview.error ?? correct.error
  return (
    <Modal opened onClose={onClose} size="lg" title="Correct all" closeButtonProps={{ 'aria-label': 'Close' }}>
      {started ? (
        <Underway onClose={onClose} />
      ) : (
        <Stack>
          <CorrectionSteps drafts={drafts} onChange={change} />
          <TextInput
            label="Only events that contain"
            description="Text as it stands in the event; empty: all of them"
            value={contains}
            onChange={({ currentTarget }) => {
              setContains(currentTarget.value)
              preview.reset()
            }}
          />
          {error && (
            <Alert color="red" role="alert">
              {messageOf(error)}
            </Alert>
          )}
          {preview.data && <Preview preview={preview.data} />}
          <Group justify="flex-end">
            <Button variant="default" loading={preview.isPending} disabled={steps.length === 0} onClick={() => preview.mutate()}>
              See what changes
            </Button>
            <Button loading={correct.isPending} disabled={preview.data === undefined || preview.data.readable === 0} onClick={() => correct.mutate()}>
              Correct and send again
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}

/** What changes may stand at the end of a long line. */
const wrapped = { overflow: 'auto', whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' } as const

function Preview({ preview: { total, changed, readable, samples } }: { preview: CorrectionPreview }) {
  return (
    <Stack gap="xs" role="status">
      <Text>
        {formatNumber(changed)} of {formatNumber(total)} {plural(total, 'event', 'events')} would change; {formatNumber(readable)} can be sent again.
      </Text>
      {samples.map(({ id, before, after, problem }) => (
        <Stack key={id} gap={2}>
          <Code block mah={96} style={{ ...wrapped, textDecoration: after === null || after === before ? undefined : 'line-through' }}>
            {before}
          </Code>
          {after !== null && after !== before && (
            <Code block mah={96} style={wrapped}>
              {after}
            </Code>
          )}
          {problem !== null && (
            <Text fz="sm" c="var(--mantine-color-error)">
              Still cannot be read: {problem}
            </Text>
          )}
        </Stack>
      ))}
    </Stack>
  )
}

function Underway({ onClose }: { onClose: () => void }) {
  const refresh = useRefreshProject()
  const { data: state } = useProjectQuery<CorrectionState>('quarantine/correct', {}, { refetchInterval: 500, staleTime: 0 })
  if (state === undefined) return null
  const { total, sent, unreadable, left, error } = state
  return (
    <Stack>
      <Progress value={total === 0 ? 100 : ((sent + unreadable) / total) * 100} aria-label="Sent again so far" />
      <Text role="status">
        {state.state === 'running' && `${formatNumber(sent)} of ${formatNumber(total)} sent again`}
        {state.state === 'failed' && `It ended early: ${error}`}
        {state.state === 'done' && doneWords(total - (left ?? 0), left ?? 0)}
      </Text>
      <Group justify="flex-end">
        <Button
          variant="default"
          disabled={state.state === 'running'}
          onClick={() => {
            void refresh()
            onClose()
          }}
        >
          Close
        </Button>
      </Group>
    </Stack>
  )
}

function doneWords(taken: number, left: number): string {
  const went = `${formatNumber(taken)} ${plural(taken, 'event', 'events')} went in`
  return left === 0 ? `${went}.` : `${went}; ${formatNumber(left)} ${plural(left, 'is', 'are')} still set aside, as they were.`
}
