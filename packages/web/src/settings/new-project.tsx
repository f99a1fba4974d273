import type { Project } from '@kindred/model'
import { Button, Group, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { api } from '../api/client.ts'
import { meQuery } from '../api/session.ts'
import { notifyError } from '../app/notify.ts'
import { ProjectSelect } from '../app/project-select.tsx'
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
    <Section title="Other projects" says="People, events and segments of one project are never seen in another: give each shop or brand its own.">
      <div>
        <Text component="span" fw={600} mb={4} display="block" aria-hidden>
          On the screen now
        </Text>
        <ProjectSelect />
      </div>
      <form onSubmit={submit}>
        <Group align="flex-end">
          <TextInput label="Name of a new project" value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={100} flex="1 1 200px" />
          <Button type="submit" variant="default" loading={creating.isPending} disabled={name.trim() === ''}>
            Make a project
          </Button>
        </Group>
      </form>
    </Section>
  )
}
