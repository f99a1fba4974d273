import type { DeletionRequested, PersonProfile } from '@kindred/model'
import { Alert, Button, Checkbox, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { formatNumber, plural } from '../app/format.ts'
import { notifyDone } from '../app/notify.ts'

interface DeletePersonProps {
  person: PersonProfile
  opened: boolean
  onClose: () => void
}

/** Asks before a person is deleted, and names what goes. */
export function DeletePerson({ person, opened, onClose }: DeletePersonProps) {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const [reason, setReason] = useState('')
  const [block, setBlock] = useState(false)
  const deleting = useMutation({
    mutationFn: () => api.post<DeletionRequested>(projectPath(project, 'deletions'), { personIds: [person.id], reason: reason.trim(), block }),
    onSuccess: async () => {
      await navigate({ to: '/data/privacy' })
      notifyDone('The deletion has begun. Its receipt is listed here.')
      await refresh('people')
    },
  })
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete ${person.label} everywhere?`} closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Text>This cannot be undone. What goes:</Text>
        <List spacing={4}>
          <List.Item>
            the profile with {formatNumber(person.facts.length)} {plural(person.facts.length, 'property', 'properties')} and what they were before
          </List.Item>
          <List.Item>
            {formatNumber(person.events)} {plural(person.events, 'event', 'events')}, in the store and in the log
          </List.Item>
          <List.Item>every id they are known by, and people who were merged into them</List.Item>
          <List.Item>consents, places in frozen lists and accounts, and whatever of them was set aside or refused by an import</List.Item>
        </List>
        <Text c="dimmed">A receipt stays that names nobody. Backups made before still hold the person until you delete those.</Text>
        <TextInput
          label="Why, for the receipt"
          placeholder="Asked for it by e-mail on 3 June"
          description="Do not name the person here: the receipt stays."
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={500}
        />
        <Checkbox
          label="Drop what is sent about them later, too"
          description="Otherwise later events begin somebody new."
          checked={block}
          onChange={(event) => setBlock(event.currentTarget.checked)}
        />
        {deleting.error && (
          <Alert color="red" role="alert">
            {messageOf(deleting.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep
          </Button>
          <Button color="red" loading={deleting.isPending} onClick={() => deleting.mutate()}>
            Delete everywhere
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
