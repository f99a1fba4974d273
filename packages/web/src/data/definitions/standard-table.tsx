import type { FieldKind, StandardFieldRow } from '@kindred/model'
import { Code, Group, Progress, ScrollArea, Table, Text } from '@mantine/core'
import { useStatus } from '../../api/project.ts'
import { formatNumber, formatPercent } from '../../app/format.ts'
import { typeWords } from '../known-names.ts'
import { Marks } from './marks.tsx'
import { Name } from './name.tsx'

const kindWords: Record<FieldKind, string> = {
  contact: 'Contact',
  demographic: 'Who they are',
  geographic: 'Where they are',
  psychographic: 'What moves them',
  technographic: 'What they use',
  needs: 'What they need',
  value: 'What they are worth',
  persona: 'At work',
  firmographic: 'Company',
}

/** Standard fields with the names each is read from, surest first, and how many people have it. */
export function StandardTable({ fields }: { fields: StandardFieldRow[] }) {
  const { data: status } = useStatus()
  const everyone = status?.people.all ?? 0
  if (fields.length === 0) return <Text c="dimmed">No standard field by this name.</Text>
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Standard fields' }}>
      <Table highlightOnHover verticalSpacing={8} className="kindred-rows">
        <caption className="kindred-hidden">Standard fields with their sources</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Field</Table.Th>
            <Table.Th scope="col">Kind</Table.Th>
            <Table.Th scope="col">Type</Table.Th>
            <Table.Th scope="col">Read from</Table.Th>
            <Table.Th scope="col" ta="right">
              People who have it
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {fields.map((field) => (
            <Table.Tr key={field.name}>
              <Table.Td maw={260}>
                <Name label={field.label} name={field.name} />
                <Marks hidden={false} verified={false} sensitive={field.sensitive} />
              </Table.Td>
              <Table.Td>{kindWords[field.kind]}</Table.Td>
              <Table.Td>{typeWords(field.types)}</Table.Td>
              <Table.Td maw={320}>
                <Sources field={field} />
              </Table.Td>
              <Table.Td ta="right" w={160}>
                {field.known === null ? '' : formatNumber(field.known)}
                {field.known !== null && field.known > 0 && everyone > 0 && (
                  <>
                    <Text span c="dimmed" fz="xs" ml={8}>
                      {formatPercent(field.known / everyone)}
                    </Text>
                    <Progress aria-hidden value={(100 * field.known) / everyone} size={4} mt={4} />
                  </>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

/** The names that the project has; where it has none, those that would be understood. */
function Sources({ field: { found, sources } }: { field: StandardFieldRow }) {
  const names = found.length > 0 ? found : sources.slice(0, 4)
  return (
    <>
      {found.length === 0 && (
        <Text c="dimmed" fz="xs">
          Nothing yet. It would be read from:
        </Text>
      )}
      <Group gap={4}>
        {names.map((name) => (
          <Code key={name}>{name}</Code>
        ))}
      </Group>
    </>
  )
}
