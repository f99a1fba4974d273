import type { PersonProfile } from '@kindred/model'
import { Badge, Code, Grid, Group, Paper, Stack, Text, Title, Tooltip, UnstyledButton } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { PersonAccounts } from '../accounts/person-accounts.tsx'
import { useProject, useProjectQuery } from '../api/project.ts'
import { CopyButton } from '../app/copy-button.tsx'
import { formatDate, formatDateTime, formatNumber, formatRelative } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { ConsentCard } from '../privacy/consent-card.tsx'
import { PersonActions } from '../privacy/person-actions.tsx'
import { PersonSegments } from '../segments/person-segments.tsx'
import { TraitsCard } from '../traits/traits-card.tsx'
import { Background } from './background.tsx'
import { FactsTable } from './facts-table.tsx'
import { PersonKind } from './person-kind.tsx'
import { countryOf } from './person-value.ts'
import { Timeline } from './timeline.tsx'

/** One person: who they are, from where we know it, and what they did. */
export function PersonPage() {
  const { personId } = getRouteApi('/signed-in/people/$personId').useParams()
  const query = useProjectQuery<PersonProfile>(`people/${encodeURIComponent(personId)}`)
  const person = query.data
  return (
    <Page title={person?.label ?? 'Person'} says={<TextLink to="/people">All people</TextLink>} actions={person && <PersonActions person={person} />}>
      <Loaded query={query} skeleton={<Lines count={10} />}>
        {(profile) => (
          <Stack gap="lg">
            <Summary person={profile} />
            <Grid gap="lg">
              <Grid.Col span={{ base: 12, md: 5 }}>
                <Stack gap="lg">
                  <FactsTable personId={profile.id} facts={profile.facts} gone={profile.gone} />
                  <PersonSegments personId={profile.id} />
                  <TraitsCard path={`people/${profile.id}/traits`} />
                  <PersonAccounts personId={profile.id} />
                  <ConsentCard person={profile} />
                  <Background personId={profile.id} ids={<Ids ids={profile.distinctIds} />} />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 7 }}>
                <Timeline path={`people/${profile.id}/events`} sessionsPath={`people/${profile.id}/sessions`} />
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function Summary({ person }: { person: PersonProfile }) {
  const { data: project } = useProject()
  const zone = project?.timezone
  const parts: { label: string; value: string; title?: string }[] = [
    { label: 'E-mail', value: person.email ?? 'not known' },
    { label: 'Country', value: countryOf(person) ?? 'not known' },
    { label: 'Events', value: formatNumber(person.events) },
    { label: 'First seen', value: formatDate(person.createdAt, zone), title: formatDateTime(person.createdAt, zone) },
    {
      label: 'Last seen',
      value: person.lastSeenAt === null ? 'not yet' : formatRelative(person.lastSeenAt),
      title: person.lastSeenAt === null ? undefined : formatDateTime(person.lastSeenAt, zone),
    },
  ]
  return (
    <Paper withBorder p="md">
      <Group gap="xl">
        <Group gap="xs">
          <PersonKind kind={person.kind} />
          <Badge variant="outline" color="gray" c="var(--mantine-color-text)">
            {person.identified ? 'Identified' : 'Not identified'}
          </Badge>
        </Group>
        {parts.map(({ label, value, title }) => (
          <div key={label}>
            <Text c="dimmed" fz="xs">
              {label}
            </Text>
            <Text fw={500} title={title} style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          </div>
        ))}
        <TextLink to="/segments">Segments</TextLink>
      </Group>
    </Paper>
  )
}

function Ids({ ids }: { ids: string[] }) {
  return (
    <section aria-labelledby="ids">
      <Title order={2} id="ids" mb="xs">
        Known by {ids.length === 1 ? 'this id' : `these ${formatNumber(ids.length)} ids`}
      </Title>
      <Group gap="xs">
        {ids.map((id) => (
          <CopyButton key={id} value={id}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? 'Copied' : 'Copy'}>
                <UnstyledButton onClick={copy} aria-label={copied ? `Copied ${id}` : `Copy ${id}`} maw="100%">
                  <Code style={{ overflowWrap: 'anywhere' }}>{id}</Code>
                </UnstyledButton>
              </Tooltip>
            )}
          </CopyButton>
        ))}
      </Group>
    </section>
  )
}
