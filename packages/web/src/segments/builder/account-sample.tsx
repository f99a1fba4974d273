import type { SegmentPreview } from '@kindred/model'
import { Stack, Text, Title } from '@mantine/core'
import { TextLink } from '../../app/links.tsx'

/** Some of the accounts that fit, and why they are in. */
export function AccountSample({ preview }: { preview: SegmentPreview }) {
  const { accounts, count } = preview
  if (accounts.length === 0) return <Text c="dimmed">No account fits all of it. The bars tell which condition leaves the fewest.</Text>
  return (
    <section aria-label="Some of the accounts">
      <Title order={2} size="h3" mb={4}>
        {count > accounts.length ? `${accounts.length} of them` : 'They are'}
      </Title>
      <Stack gap="xs">
        {accounts.map((account) => (
          <div key={account.id}>
            <TextLink to="/accounts/$accountId" params={{ accountId: String(account.id) }}>
              {account.label}
            </TextLink>
            <Text size="xs" c="dimmed" lineClamp={3} title={account.reasons.join(' · ')}>
              {account.reasons.join(' · ')}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  )
}
