import type { PersonAccount } from '@kindred/model'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useProjectPages } from '../api/project.ts'
import { formatRelative } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { useAccountTypes } from './use-account-types.ts'

const pageSize = 10

/** The accounts that a person is in, last seen with first; nothing where there is none. */
export function PersonAccounts({ personId }: { personId: number }) {
  const query = useProjectPages<PersonAccount>(`people/${personId}/accounts`, { limit: pageSize })
  const types = new Map((useAccountTypes() ?? []).map(({ name, label }) => [name, label]))
  const accounts = query.data?.pages.flatMap((page) => page.results) ?? []
  if (accounts.length === 0) return null
  return (
    <section aria-labelledby="accounts">
      <Title order={2} id="accounts" mb="xs">
        Accounts
      </Title>
      <Stack gap="xs" align="stretch">
        {accounts.map((account) => (
          <Group key={account.id} justify="space-between" wrap="nowrap">
            <TextLink to="/accounts/$accountId" params={{ accountId: String(account.id) }} fw={500} truncate>
              {account.label}
            </TextLink>
            <Text c="dimmed" style={{ whiteSpace: 'nowrap' }}>
              {types.get(account.type) ?? account.type}, seen {formatRelative(account.inAccount.lastSeenAt)}
            </Text>
          </Group>
        ))}
        {query.hasNextPage && (
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more accounts
          </Button>
        )}
      </Stack>
    </section>
  )
}
