import type { AccountPerson } from '@kindred/model'
import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useProjectPages } from '../api/project.ts'
import { formatNumber, formatRelative } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { PersonKind } from '../people/person-kind.tsx'

const pageSize = 10

/** Who belongs to an account, last seen with it first. */
export function AccountPeople({ accountId, total }: { accountId: number; total: number }) {
  const query = useProjectPages<AccountPerson>(`accounts/${accountId}/people`, { limit: pageSize })
  return (
    <section aria-labelledby="members">
      <Title order={2} id="members" mb="xs">
        {total === 0 ? 'People' : total === 1 ? 'The person in it' : `The ${formatNumber(total)} people in it`}
      </Title>
      <Loaded query={query}>
        {({ pages }) => {
          const people = pages.flatMap((page) => page.results)
          if (people.length === 0) return <Text c="dimmed">Nobody was seen with this account yet.</Text>
          return (
            <Stack gap="xs" align="stretch">
              {people.map((person) => (
                <Group key={person.id} justify="space-between" wrap="nowrap">
                  <TextLink to="/people/$personId" params={{ personId: String(person.id) }} fw={500} truncate>
                    {person.label}
                  </TextLink>
                  <Group gap="sm" wrap="nowrap">
                    <PersonKind kind={person.kind} />
                    <Text c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                      {formatRelative(person.inAccount.lastSeenAt)}
                    </Text>
                  </Group>
                </Group>
              ))}
              {query.hasNextPage && (
                <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                  Show more people
                </Button>
              )}
            </Stack>
          )
        }}
      </Loaded>
    </section>
  )
}
