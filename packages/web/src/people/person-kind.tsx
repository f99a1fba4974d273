import type { PersonRow } from '@kindred/model'
import { Badge, Tooltip } from '@mantine/core'

export const kindWords: Record<PersonRow['kind'], { label: string; many: string; says: string }> = {
  customer: { label: 'Customer', many: 'Customers', says: 'has placed an order' },
  known: { label: 'Known', many: 'Known', says: 'has an e-mail address, no order yet' },
  anonymous: { label: 'Anonymous', many: 'Anonymous', says: 'has no order and no e-mail address' },
}

/** How well we know a person. */
export function PersonKind({ kind }: { kind: PersonRow['kind'] }) {
  const { label, says } = kindWords[kind]
  return (
    <Tooltip label={`${label}: ${says}`}>
      <Badge
        miw="max-content"
        color={kind === 'customer' ? 'lagoon' : 'gray'}
        variant={kind === 'anonymous' ? 'outline' : 'light'}
        c={kind === 'customer' ? undefined : 'var(--mantine-color-text)'}
      >
        {label}
      </Badge>
    </Tooltip>
  )
}
