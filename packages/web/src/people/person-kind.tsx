import type { PersonRow } from '@kindred/model'
import { Badge, Tooltip } from '@mantine/core'
import { kindWords } from './kind-words.ts'

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
