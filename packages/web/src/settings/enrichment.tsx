import type { Project, Enrichment as Switches } from '@kindred/model'
import { Alert, Stack, Switch, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api/client.ts'
import { projectPath, useRefreshProject, useStatus } from '../api/project.ts'
import { messageOf } from '../app/error-message.ts'
import { notifyDone } from '../app/notify.ts'
import { Section } from './section.tsx'

const steps: { name: keyof Switches; label: string; says: string }[] = [
  { name: 'geography', label: 'Country, region and city', says: 'Looked up from the sender’s address on this server; nothing is asked elsewhere.' },
  { name: 'keepIp', label: 'Keep the address (IP)', says: 'Off: the address is used for the place and then forgotten. On: it stays with each event.' },
  { name: 'technology', label: 'Browser, system and device', says: 'Read from the user agent where the SDK does not say. Robots are marked.' },
  { name: 'channel', label: 'Channel', says: 'Search, social, e-mail, ads, assistants and others, from campaign tags, click ids and the referring site.' },
  { name: 'sessions', label: 'Sessions', says: 'Events without a session of their own are put into one: 30 minutes without an event end it.' },
]

/** What is added to each event on its way in. A switch counts for events that come after it. */
export function Enrichment({ project }: { project: Project }) {
  const refresh = useRefreshProject()
  const geography = useStatus().data?.geography
  const saving = useMutation({
    mutationFn: (change: Partial<Switches>) => api.patch<Project>(projectPath(project.id), { enrichment: change }),
    onSuccess: async () => {
      await refresh()
      notifyDone('Saved. It counts for events from now on.')
    },
  })
  return (
    <Section title="What is added to events" says="Kindred fills in what events do not say themselves. What the sender says always stands.">
      <Stack gap="md">
        {steps.map(({ name, label, says }) => (
          <Switch
            key={name}
            label={label}
            description={says}
            checked={saving.isPending ? (saving.variables[name] ?? project.enrichment[name]) : project.enrichment[name]}
            disabled={saving.isPending}
            onChange={(event) => saving.mutate({ [name]: event.currentTarget.checked })}
          />
        ))}
        {saving.error && (
          <Alert color="red" role="alert">
            {messageOf(saving.error)}
          </Alert>
        )}
        {geography?.problem && (
          <Alert color="orange" title="The geography database cannot be used">
            {geography.problem}
          </Alert>
        )}
        {geography && !geography.problem && (
          <Text c="dimmed" fz="sm">
            Places come from {geography.database}.
          </Text>
        )}
      </Stack>
    </Section>
  )
}
