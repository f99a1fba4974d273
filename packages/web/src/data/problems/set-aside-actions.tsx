import type { QuarantineReason, QuarantineReplayed } from '@kindred/model'
import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { formatNumber, plural } from '../../app/format.ts'
import { notifyDone, notifyError } from '../../app/notify.ts'
import { CorrectSetAside } from './correct-set-aside.tsx'

interface ActionsProps {
  reason: QuarantineReason
  waiting: number
}

/** What can be done about all events of a reason. */
export function SetAsideActions({ reason, waiting }: ActionsProps) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [isAsked, { open, close }] = useDisclosure()
  const [isCorrecting, correcting] = useDisclosure()
  const post = <Reply,>(action: string) => api.post<Reply>(projectPath(project, `quarantine/${action}`), { reason })
  const replay = useMutation({
    mutationFn: () => post<QuarantineReplayed>('replay'),
    onSuccess: (outcome) => notifyDone(replayedWords(outcome)),
    onError: notifyError,
    onSettled: () => refresh(),
  })
  const discard = useMutation({
    mutationFn: () => post<{ discarded: number }>('discard'),
    onSuccess: ({ discarded }) => {
      notifyDone(`Discarded ${formatNumber(discarded)} ${plural(discarded, 'event', 'events')}.`)
      close()
    },
    onError: notifyError,
    onSettled: () => refresh(),
  })
  return (
    <>
      <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate()}>
        Send all again
      </Button>
      <Button size="xs" variant="default" onClick={correcting.open}>
        Correct all…
      </Button>
      {isCorrecting && <CorrectSetAside reason={reason} onClose={correcting.close} />}
      <Button size="xs" variant="subtle" color="red" c="var(--mantine-color-error)" onClick={open}>
        Discard all…
      </Button>
      <Modal
        opened={isAsked}
        onClose={close}
        closeButtonProps={{ 'aria-label': 'Close' }}
        title={`Discard ${formatNumber(waiting)} ${plural(waiting, 'event', 'events')}?`}
      >
        <Stack>
          <Text>They are deleted for good and cannot be sent again. What was counted stays counted.</Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep them
            </Button>
            <Button color="red" loading={discard.isPending} onClick={() => discard.mutate()}>
              Discard
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

function replayedWords({ sent, unreadable, left, done }: QuarantineReplayed): string {
  if (!done) return `${formatNumber(sent)} are on their way.`
  const taken = Math.max(0, sent + unreadable - left)
  if (left === 0) return `${formatNumber(taken)} ${plural(taken, 'event', 'events')} went in.`
  return `${formatNumber(taken)} went in; ${formatNumber(left)} cannot yet: correct them one by one, or discard them.`
}
