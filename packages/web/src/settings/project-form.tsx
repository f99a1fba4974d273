import type { Project } from '@kindred/model'
import { Alert, Button, Group, SegmentedControl, Select, SimpleGrid, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useRefreshProject } from '../api/project.ts'
import { meQuery } from '../api/session.ts'
import { messageOf } from '../app/error-message.ts'
import { notifyDone } from '../app/notify.ts'
import { currencies, timezones } from './choices.ts'
import { Section } from './section.tsx'

/** Name, time zone, first day of the week and currency; what is typed stays until it is saved. */
export function ProjectForm({ project }: { project: Project }) {
  const client = useQueryClient()
  const refresh = useRefreshProject()
  const [draft, setDraft] = useState({ name: project.name, timezone: project.timezone, weekStart: project.weekStart, currency: project.currency })
  const zones = useMemo(() => timezones(project.timezone), [project.timezone])
  const money = useMemo(() => currencies(project.currency), [project.currency])
  const saving = useMutation({
    mutationFn: () => api.patch<Project>(projectPath(project.id), { ...draft, name: draft.name.trim() }),
    onSuccess: async () => {
      await Promise.all([refresh(), client.invalidateQueries({ queryKey: meQuery.queryKey })])
      notifyDone('Saved.')
    },
  })
  const changed = (Object.keys(draft) as (keyof typeof draft)[]).some((key) => draft[key] !== project[key])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <Section title="Project" says="How the days, weeks and money of this project are read.">
      <form onSubmit={submit}>
        <SimpleGrid cols={{ base: 1, sm: 2 }} mb="md">
          <TextInput label="Name" required maxLength={100} value={draft.name} onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })} />
          <Select
            label="Time zone"
            description="Days and weeks begin and end in it"
            inputWrapperOrder={['label', 'input', 'description']}
            data={zones}
            searchable
            allowDeselect={false}
            value={draft.timezone}
            onChange={(timezone) => timezone !== null && setDraft({ ...draft, timezone })}
          />
          <div>
            <Text component="span" fw={600} id="week-start">
              First day of the week
            </Text>
            <SegmentedControl
              fullWidth
              aria-labelledby="week-start"
              data={[
                { value: 'monday', label: 'Monday' },
                { value: 'sunday', label: 'Sunday' },
              ]}
              value={draft.weekStart}
              onChange={(value) => setDraft({ ...draft, weekStart: value === 'sunday' ? 'sunday' : 'monday' })}
            />
          </div>
          <Select
            label="Currency"
            description="Amounts are shown in it, without conversion"
            inputWrapperOrder={['label', 'input', 'description']}
            data={money}
            searchable
            allowDeselect={false}
            value={draft.currency}
            onChange={(currency) => currency !== null && setDraft({ ...draft, currency })}
          />
        </SimpleGrid>
        {saving.error && (
          <Alert color="red" role="alert" mb="md">
            {messageOf(saving.error)}
          </Alert>
        )}
        <Group>
          <Button type="submit" loading={saving.isPending} disabled={!changed || draft.name.trim() === ''}>
            Save
          </Button>
        </Group>
      </form>
    </Section>
  )
}
