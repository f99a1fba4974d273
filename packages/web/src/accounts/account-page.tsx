import type { AccountProfile } from '@kindred/model'
import { Badge, Code, Grid, Group, Paper, Stack, Text } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import { useProject, useProjectQuery } from '../api/project.ts'
import { formatDate, formatDateTime, formatNumber, formatRelative } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { FactsTable } from '../people/facts-table.tsx'
import { Timeline } from '../people/timeline.tsx'
import { TraitsCard } from '../traits/traits-card.tsx'
import { AccountGuide } from './account-guide.tsx'
import { AccountPeople } from './account-people.tsx'
import { AccountSegments } from './account-segments.tsx'
import { useAccountTypes } from './use-account-types.ts'

/** One account: what is known of it and from where, who belongs to it, and what was done for it. */
export function AccountPage() {
  const { accountId } = getRouteApi('/signed-in/accounts/$accountId').useParams()
  const query = useProjectQuery<AccountProfile>(`accounts/${encodeURIComponent(accountId)}`)
  return (
    <Page title={query.data?.label ?? 'Account'} says={<TextLink to="/accounts">All accounts</TextLink>}>
      <Loaded query={query} skeleton={<Lines count={10} />}>
        {(account) => (
          <Stack gap="lg">
            <Summary account={account} />
            <AccountGuide account={account} />
            <Grid gap="lg">
              <Grid.Col span={{ base: 12, md: 5 }}>
                <Stack gap="lg">
                  <AccountPeople accountId={account.id} total={account.people} />
                  <AccountSegments accountId={account.id} />
                  <TraitsCard path={`accounts/${account.id}/traits`} />
                  <FactsTable facts={account.facts} of="account" />
                </Stack>
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 7 }}>
                <Timeline path={`accounts/${account.id}/events`} title="What happened" withPerson />
              </Grid.Col>
            </Grid>
          </Stack>
        )}
      </Loaded>
    </Page>
  )
}

function Summary({ account }: { account: AccountProfile }) {
  const { data: project } = useProject()
  const type = (useAccountTypes() ?? []).find(({ name }) => name === account.type)
  const zone = project?.timezone
  const { firstSeenAt, lastSeenAt } = account
  const parts: { label: string; value: string; title?: string }[] = [
    { label: 'People', value: formatNumber(account.people) },
    { label: 'First seen', value: formatDate(firstSeenAt ?? account.createdAt, zone), title: formatDateTime(firstSeenAt ?? account.createdAt, zone) },
    {
      label: 'Last seen',
      value: lastSeenAt === null ? 'not yet' : formatRelative(lastSeenAt),
      title: lastSeenAt === null ? undefined : formatDateTime(lastSeenAt, zone),
    },
  ]
  return (
    <Paper withBorder p="md">
      <Group gap="xl">
        <Badge variant="light" color="gray" c="var(--mantine-color-text)">
          {type?.label ?? account.type}
        </Badge>
        {parts.map(({ label, value, title }) => (
          <div key={label}>
            <Text c="dimmed" fz="xs">
              {label}
            </Text>
            <Text fw={500} title={title}>
              {value}
            </Text>
          </div>
        ))}
        <div>
          <Text c="dimmed" fz="xs">
            Key
          </Text>
          <Code style={{ overflowWrap: 'anywhere' }}>{account.key}</Code>
        </div>
      </Group>
    </Paper>
  )
}
