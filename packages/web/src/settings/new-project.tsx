import type { Project } from '@kindred/model'
import { Button, Group, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { notifyError } from '../app/notify.ts'
import { Section } from './section.tsx'

/** Makes another project and opens it; it starts in the reader's own time zone. */
export function NewProject() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState('')
  const creating = useMutation({
    mutationFn: () => api.post<Project>('projects', { name: name.trim(), timezone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    onSuccess: async (project) => {
      await client.invalidateQueries({ queryKey: meQuery.queryKey })
      await navigate({ to: '/', search: { project: project.id } })
    },
    onError: notifyError,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    creating.mutate()
  }
  return (
    <Section title="Another project" says="People, events and segments of one project are never seen in another: give each shop or brand its own.">
      <form onSubmit={submit}>
        <Group align="flex-end">
          <TextInput label="Name" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={100} flex="1 1 200px" />
          <Button type="submit" variant="default" loading={creating.isPending} disabled={name.trim() === ''}>
            Make a project
          </Button>
        </Group>
      </form>
    </Section>
  )
}
