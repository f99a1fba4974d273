import type { EventRole, Project, PropertyRole, Roles as RolesMap } from '@kindred/model'
import { Alert, Button, Group, MultiSelect, Paper, Select, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProject, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatNumber } from '../../app/format.ts'
import { Loaded } from '../../app/loaded.tsx'
import { notifyDone } from '../../app/notify.ts'
import { byCount, useEvents, useProperties } from '../known-names.ts'
import { eventRoleWords, propertyRoleWords } from '../role-words.ts'

/** What each event and property means in this business; guessed from names, corrected here. */
export function Roles() {
  const project = useProject()
  return <Loaded query={project}>{(loaded) => <RolesForm key={loaded.id} project={loaded} />}</Loaded>
}

function RolesForm({ project }: { project: Project }) {
  const refresh = useRefreshProject()
  const [draft, setDraft] = useState<RolesMap>(project.roles)
  const saving = useMutation({
    mutationFn: () => api.patch<Project>(projectPath(project.id), { roles: draft }),
    onSuccess: async () => {
      await refresh()
      notifyDone('Saved. Segments and insights use the new meaning from now on.')
    },
  })
  const changed = JSON.stringify(draft) !== JSON.stringify(project.roles)
  return (
    <Stack gap="lg" maw={880}>
      <Text c="dimmed">
        “Placed an order” means whatever you say here, so segments and insights are written in your customers’ terms and not in event names. Guessed from the
        names at first.
      </Text>
      <EventRoles draft={draft} onChange={setDraft} />
      <PropertyRoles draft={draft} onChange={setDraft} />
      {saving.error && (
        <Alert color="red" role="alert">
          {messageOf(saving.error)}
        </Alert>
      )}
      <Group>
        <Button onClick={() => saving.mutate()} loading={saving.isPending} disabled={!changed}>
          Save
        </Button>
        {changed && (
          <Button variant="default" onClick={() => setDraft(project.roles)}>
            Undo changes
          </Button>
        )}
      </Group>
    </Stack>
  )
}

interface PartProps {
  draft: RolesMap
  onChange: (roles: RolesMap) => void
}

function EventRoles({ draft, onChange }: PartProps) {
  const { data } = useEvents()
  const known = byCount(data ?? [])
  const chosen = Object.values(draft.events).flat()
  const options = [
    ...known.map(({ name, label, count }) => ({ value: name, label, count })),
    ...[...new Set(chosen)]
      .filter((name) => !known.some((event) => event.name === name))
      .map((name) => ({ value: name, label: `${name} (not seen yet)`, count: 0 })),
  ]
  const counts = new Map(options.map(({ value, count }) => [value, count]))
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} mb="sm">
        What events mean
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(Object.keys(eventRoleWords) as EventRole[]).map((role) => (
          <MultiSelect
            key={role}
            label={eventRoleWords[role].label}
            description={eventRoleWords[role].says}
            data={options}
            renderOption={({ option }) => <CountedOption label={option.label} count={counts.get(option.value) ?? 0} />}
            value={draft.events[role] ?? []}
            onChange={(names) => onChange({ ...draft, events: withEntry(draft.events, role, names.length > 0 ? names : undefined) })}
            placeholder={draft.events[role]?.length ? undefined : 'None'}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': `Clear ${eventRoleWords[role].label}` }}
            nothingFoundMessage="No event by this name"
          />
        ))}
      </SimpleGrid>
    </Paper>
  )
}

function CountedOption({ label, count }: { label: string; count: number }) {
  return (
    <Group justify="space-between" wrap="nowrap" w="100%">
      <Text span>{label}</Text>
      <Text span c="dimmed" fz="xs">
        {formatNumber(count)}
      </Text>
    </Group>
  )
}

function PropertyRoles({ draft, onChange }: PartProps) {
  const { data } = useProperties()
  const known = byCount((data ?? []).filter(({ of }) => of === 'event'))
  return (
    <Paper withBorder p="lg" component="section">
      <Title order={2} mb="sm">
        What their properties mean
      </Title>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(Object.keys(propertyRoleWords) as PropertyRole[]).map((role) => {
          const value = draft.properties[role] ?? null
          const options = known.map(({ name, label }) => ({ value: name, label: label === name ? name : `${label}, ${name}` }))
          return (
            <Select
              key={role}
              label={propertyRoleWords[role].label}
              description={propertyRoleWords[role].says}
              data={value === null || known.some(({ name }) => name === value) ? options : [{ value, label: `${value} (not seen yet)` }, ...options]}
              value={value}
              onChange={(name) => onChange({ ...draft, properties: withEntry(draft.properties, role, name ?? undefined) })}
              placeholder="None"
              searchable
              clearable
              clearButtonProps={{ 'aria-label': `Clear ${propertyRoleWords[role].label}` }}
              nothingFoundMessage="No property by this name"
            />
          )
        })}
      </SimpleGrid>
    </Paper>
  )
}

/** `map` with `key` set, or without it where `value` is undefined. */
function withEntry<Map extends object, Key extends keyof Map>(map: Map, key: Key, value: Map[Key] | undefined): Map {
  const { [key]: _, ...rest } = map
  return (value === undefined ? rest : { ...rest, [key]: value }) as Map
}
