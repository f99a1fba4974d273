import type { SegmentPreview } from '@kindred/model'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { formatNumber, plural } from '../../app/format.ts'
import { operatorWords } from '../../conditions/operators.ts'
import { draftMistake, type PropertyDraft } from '../../conditions/property-draft.ts'
import { useChoosableProperties } from '../../data/known-names.ts'
import { useSubject } from './builder-context.ts'

/** Beside "is not …": whoever has no value matches too, and this is how many they are, counted. */
export function UnknownNote({ draft, negated }: { draft: PropertyDraft; negated: boolean }) {
  const project = useProjectId()
  const { unit } = useSubject()
  const { data: properties } = useChoosableProperties()
  const isExistence = draft.operator === 'missing' || draft.operator === 'exists'
  const takesUnknown = (operatorWords[draft.operator].negative === true) !== negated && !isExistence && draft.property !== '' && draftMistake(draft) === null
  const { data: unknown } = useQuery({
    queryKey: ['project', project, 'segments/preview', 'unknown', unit, draft.property],
    queryFn: async ({ signal }) => {
      const definition = { unit, where: { property: draft.property, missing: true } }
      return (await api.post<SegmentPreview>(projectPath(project, 'segments/preview'), { definition }, { signal })).count
    },
    enabled: takesUnknown,
    staleTime: 60_000,
    retry: false,
  })
  if (!takesUnknown || unknown === undefined || unknown === 0) return null
  const label = properties?.find((each) => each.of === 'person' && each.name === draft.property)?.label ?? draft.property
  return (
    <Text span size="xs" c="dimmed" py={9}>
      includes {formatNumber(unknown)} {unit === 'account' ? plural(unknown, 'account', 'accounts') : ''} of unknown {label.toLowerCase()}
    </Text>
  )
}
