import { Text } from '@mantine/core'
import { useStatus } from '../api/project.ts'
import { formatNumber } from '../app/format.ts'
import { useProperties } from '../data/known-names.ts'
import { operatorWords } from './operators.ts'
import type { PropertyDraft } from './property-draft.ts'

/** Beside "is not …" on a person: people without a value match too, and this is how many they are. */
export function UnknownNote({ draft, negated = false }: { draft: PropertyDraft; negated?: boolean }) {
  const { data } = useProperties()
  const { data: status } = useStatus()
  const property = data?.find((each) => each.of === 'person' && each.name === draft.property)
  const takesUnknown = (operatorWords[draft.operator].negative === true) !== negated && draft.operator !== 'missing'
  if (!takesUnknown || property === undefined || status === undefined) return null
  const unknown = Math.max(0, status.people.all - property.count)
  return unknown === 0 ? null : (
    <Text span size="xs" c="dimmed" py={9}>
      includes {formatNumber(unknown)} of unknown {property.label.toLowerCase()}
    </Text>
  )
}
