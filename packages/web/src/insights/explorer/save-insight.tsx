import type { SavedInsight, TrendsQuery } from '@kindred/model'
import { Alert, Button, Group, Modal, Stack, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { IconDeviceFloppy } from '../../app/icons.tsx'
import { notifyDone } from '../../app/notify.ts'
import { writeSearch } from '../question/search.ts'

interface SaveInsightProps {
  saved: SavedInsight | null
  query: TrendsQuery
  name: string
}

/** Names and keeps a question; a saved one that was changed can be kept under its name or beside it. */
export function SaveInsight({ saved, query, name }: SaveInsightProps) {
  const [opened, { open, close }] = useDisclosure()
  const unchanged = saved !== null && JSON.stringify(writeSearch(saved.query)) === JSON.stringify(writeSearch(query))
  return (
    <>
      <Button leftSection={<IconDeviceFloppy size={16} aria-hidden />} variant={unchanged ? 'default' : 'filled'} onClick={open}>
        {unchanged ? 'Saved' : 'Save'}
      </Button>
      <Modal opened={opened} onClose={close} title="Save this insight" closeButtonProps={{ 'aria-label': 'Close' }}>
        <SaveForm saved={saved} query={query} name={name} onDone={close} />
      </Modal>
    </>
  )
}

function SaveForm({ saved, query, name, onDone }: SaveInsightProps & { onDone: () => void }) {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const [typed, setTyped] = useState(name)
  const saving = useMutation({
    mutationFn: (id: number | null) => {
      const body = { name: typed.trim(), query }
      return id === null ? api.post<SavedInsight>(projectPath(project, 'insights'), body) : api.put<SavedInsight>(projectPath(project, `insights/${id}`), body)
    },
    onSuccess: async (insight) => {
      await Promise.all([refresh('insights'), refresh(`insights/${insight.id}`)])
      onDone()
      notifyDone(`Saved “${insight.name}”.`)
      await navigate({ to: '/insights/$insightId', params: { insightId: String(insight.id) } })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate(saved?.id ?? null)
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput label="Name" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} maxLength={200} required data-autofocus />
        {saving.error && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        <Group justify="flex-end">
          {saved !== null && (
            <Button variant="default" disabled={typed.trim() === ''} loading={saving.isPending} onClick={() => saving.mutate(null)}>
              Save as another
            </Button>
          )}
          <Button type="submit" disabled={typed.trim() === ''} loading={saving.isPending}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
