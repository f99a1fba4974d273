import { type Consent, type ConsentChannel, consentChannels, consentPurposes, type PersonConsents, type PersonProfile } from '@kindred/model'
import { Badge, Button, Collapse, Group, Paper, Select, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProject, useProjectId, useProjectQuery, useRefreshProject } from '../api/project.ts'
import { formatDateTime, formatRelative } from '../app/format.ts'
import { Lines, Loaded } from '../app/loaded.tsx'
import { notifyError } from '../app/notify.ts'
import { PersonOptOut } from './person-opt-out.tsx'
import { channelWords, purposeWords } from './words.ts'

/** What the person agreed to, how it came to that, and whether they are followed at all. */
export function ConsentCard({ person }: { person: PersonProfile }) {
  const query = useProjectQuery<PersonConsents>(`people/${person.id}/consents`)
  const [open, setOpen] = useState<'history' | 'new' | null>(null)
  const toggle = (part: 'history' | 'new') => setOpen((before) => (before === part ? null : part))
  return (
    <section aria-labelledby="consents">
      <Title order={2} id="consents" mb="xs">
        Consent
      </Title>
      <Paper withBorder p="md">
        <Loaded query={query} skeleton={<Lines count={2} />}>
          {({ current, history }) => (
            <Stack gap="sm">
              {current.length === 0 && <Text c="dimmed">Nothing noted: they neither agreed nor refused.</Text>}
              {current.map((consent) => (
                <Row key={consent.id} consent={consent} />
              ))}
              <Group gap="xs">
                <Button size="xs" variant="default" aria-expanded={open === 'new'} onClick={() => toggle('new')}>
                  Note a consent
                </Button>
                {history.length > 0 && (
                  <Button size="xs" variant="subtle" aria-expanded={open === 'history'} onClick={() => toggle('history')}>
                    History ({history.length})
                  </Button>
                )}
              </Group>
              <Collapse expanded={open === 'new'}>
                <NoteConsent personId={person.id} />
              </Collapse>
              <Collapse expanded={open === 'history'}>
                <Stack gap="xs" component="ol" p={0} m={0} style={{ listStyle: 'none' }}>
                  {history.map((consent) => (
                    <li key={consent.id}>
                      <Row consent={consent} />
                    </li>
                  ))}
                </Stack>
              </Collapse>
              <PersonOptOut person={person} />
            </Stack>
          )}
        </Loaded>
      </Paper>
    </section>
  )
}

function Row({ consent }: { consent: Consent }) {
  const { data: project } = useProject()
  const granted = consent.state === 'granted'
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
      <div>
        <Text fw={500}>
          {channelWords[consent.channel]} · {purposeWords(consent.purpose)}
        </Text>
        <Text c="dimmed" fz="xs" title={formatDateTime(consent.at, project?.timezone)}>
          {consent.source}, {formatRelative(consent.at)}
        </Text>
      </div>
      <Badge variant="light" color={granted ? 'green' : 'orange'} c="var(--mantine-color-text)" style={{ flex: 'none' }}>
        {granted ? 'Granted' : 'Withdrawn'}
      </Badge>
    </Group>
  )
}

const channels = consentChannels.map((channel) => ({ value: channel, label: channelWords[channel] }))
const purposes = consentPurposes.map((purpose) => ({ value: purpose, label: purposeWords(purpose) }))

function NoteConsent({ personId }: { personId: number }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [channel, setChannel] = useState<ConsentChannel>('email')
  const [purpose, setPurpose] = useState<string>('marketing')
  const noting = useMutation({
    mutationFn: (state: Consent['state']) =>
      api.post<PersonConsents>(projectPath(project, `people/${personId}/consents`), { consents: [{ channel, purpose, state, source: 'noted by hand' }] }),
    onSuccess: () => refresh(`people/${personId}/consents`),
    onError: notifyError,
  })
  return (
    <Stack gap="xs">
      <Group grow align="flex-end">
        <Select label="Channel" data={channels} value={channel} onChange={(value) => setChannel(value ?? channel)} allowDeselect={false} />
        <Select label="Purpose" data={purposes} value={purpose} onChange={(value) => setPurpose(value ?? purpose)} allowDeselect={false} />
      </Group>
      <Group gap="xs">
        <Button size="xs" loading={noting.isPending} onClick={() => noting.mutate('granted')}>
          Granted
        </Button>
        <Button size="xs" variant="default" loading={noting.isPending} onClick={() => noting.mutate('withdrawn')}>
          Withdrawn
        </Button>
      </Group>
    </Stack>
  )
}
