import type { AccountSegment, Page } from '@kindred/model'
import { Stack, Text, Title } from '@mantine/core'
import { useProjectQuery } from '../api/project.ts'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'

/** The segments an account is in, each with the conditions it meets. */
export function AccountSegments({ accountId }: { accountId: number }) {
  const query = useProjectQuery<Page<AccountSegment>>(`accounts/${accountId}/segments`)
  return (
    <section aria-labelledby="account-segments">
      <Title order={2} id="account-segments" mb="xs">
        Segments
      </Title>
      <Loaded query={query}>
        {({ results }) =>
          results.length === 0 ? (
            <Text c="dimmed">It is in no segment of accounts.</Text>
          ) : (
            <Stack gap="xs">
              {results.map((segment) => (
                <div key={segment.id}>
                  <TextLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }} fw={500}>
                    {segment.name}
                  </TextLink>
                  <Text size="xs" c="dimmed">
                    {segment.kind === 'frozen' ? 'On the list' : segment.reasons.join(' · ')}
                  </Text>
                </div>
              ))}
            </Stack>
          )
        }
      </Loaded>
    </section>
  )
}
