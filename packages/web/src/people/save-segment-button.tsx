import type { Segment } from '@kindred/model'
import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useRefreshProject } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { IconUsersPlus } from '../app/icons.tsx'
import { notifyDone } from '../app/notify.ts'

type Mode = 'keep-updating' | 'freeze'

interface SaveSegmentButtonProps {
  suggestedName: string
  save: (choice: { name: string; mode: Mode }) => Promise<Segment>
}

/** Saves the people behind a number as a segment: as a rule that goes on counting, or as the list of today. */
export function SaveSegmentButton({ suggestedName, save }: SaveSegmentButtonProps) {
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button leftSection={<IconUsersPlus size={16} aria-hidden />} onClick={open}>
        Save as segment
      </Button>
      <Modal opened={opened} onClose={close} title="Save as segment" closeButtonProps={{ 'aria-label': 'Close' }}>
        <SaveForm suggestedName={suggestedName} save={save} />
      </Modal>
    </>
  )
}

function SaveForm({ suggestedName, save }: SaveSegmentButtonProps) {
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const [name, setName] = useState(suggestedName)
  const [mode, setMode] = useState<Mode>('keep-updating')
  const saving = useMutation({
    mutationFn: save,
    onSuccess: async (segment) => {
      await refresh('segments')
      notifyDone(`Saved “${segment.name}”.`)
      await navigate({ to: '/segments/$segmentId', params: { segmentId: String(segment.id) } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate({ name: name.trim(), mode })
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={200} data-autofocus />
        <Radio.Group label="Who belongs to it" value={mode} onChange={(value) => setMode(value as Mode)}>
          <Stack gap="xs" mt="xs">
            <Radio value="keep-updating" label="Keep updating" description="Everyone who fits, from now on: people join and leave by themselves." />
            <Radio value="freeze" label="Freeze" description="Exactly the people listed now, whatever they do later." />
          </Stack>
        </Radio.Group>
        {saving.error && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          <Button type="submit" loading={saving.isPending} disabled={name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
