import type { TraitPreview } from '@kindred/model'
import { Alert, Group, Progress, Stack, Table, Text } from '@mantine/core'
import { useProject } from '../api/project.ts'
import { formatNumber, formatPercent } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { traitValueWords } from './trait-words.ts'

interface TraitSpreadProps {
  name?: string
  preview: TraitPreview
  unit: 'person' | 'account'
  /** Whether the conditions of its labels are in view, where their warnings stand. */
  withRows?: boolean
}

/** Of how many a trait is known, how its values lie, and some of those who have one. */
export function TraitSpread({ name = '', preview, unit, withRows = false }: TraitSpreadProps) {
  const { data: project } = useProject()
  const words = (value: number | string | string[] | null) =>
    traitValueWords({ name, type: preview.type, value }, { zone: project?.timezone, currency: project?.currency })
  const { known, everyone, distribution } = preview
  const most = Math.max(1, ...distribution.map(({ count }) => count))
  // What it needs is a warning too, and said above.
  const warned = preview.warnings.filter(
    ({ path, reason }) => !(withRows && path.startsWith('definition.labels.')) && !preview.needs.some((need) => reason.startsWith(need)),
  )
  const nouns = unit === 'person' ? 'people' : 'accounts'
  return (
    <Stack gap="sm">
      {preview.needs.length > 0 && <Alert color="orange">{preview.needs.join('. ')}.</Alert>}
      {warned.length > 0 && <Alert color="orange">Is it meant so? {warned.map(({ reason }) => reason).join('; ')}.</Alert>}
      <Text>
        Known of {formatNumber(known)} of {formatNumber(everyone)} {nouns} ({formatPercent(everyone === 0 ? 0 : known / everyone)}).
        {preview.quartiles !== null && ` The middle one is ${words(preview.quartiles[2] ?? null)}.`}
      </Text>
      {distribution.length > 0 && (
        <Table verticalSpacing={2} aria-label="How the values lie">
          <Table.Tbody>
            {distribution.map(({ from, to, value, count }) => {
              const label = value ?? (from === to ? words(from) : `${words(from)} to ${words(to)}`)
              return (
                <Table.Tr key={label}>
                  <Table.Th scope="row" fw={400}>
                    {label}
                  </Table.Th>
                  <Table.Td w="40%">
                    <Progress value={(100 * count) / most} aria-label={`${label}: ${formatNumber(count)} ${nouns}`} />
                  </Table.Td>
                  <Table.Td ta="end">{formatNumber(count)}</Table.Td>
                </Table.Tr>
              )
            })}
          </Table.Tbody>
        </Table>
      )}
      {preview.people.map(({ id, label, value }) => (
        <Group key={id} justify="space-between" wrap="nowrap">
          {unit === 'person' ? (
            <TextLink to="/people/$personId" params={{ personId: String(id) }}>
              {label}
            </TextLink>
          ) : (
            <TextLink to="/accounts/$accountId" params={{ accountId: String(id) }}>
              {label}
            </TextLink>
          )}
          <Text ta="end">{words(value)}</Text>
        </Group>
      ))}
    </Stack>
  )
}
