import type { TraitValue } from '@kindred/model'
import { Stack, Table, Text, Title } from '@mantine/core'
import { useProject, useProjectQuery } from '../api/project.ts'
import { Loaded } from '../app/loaded.tsx'
import { traitValueWords } from './trait-words.ts'

/** What is computed of a person or an account, each with what it means; one that lacks its data says what to set. `path`: `people/12/traits`. */
export function TraitsCard({ path }: { path: string }) {
  const query = useProjectQuery<TraitValue[]>(path)
  const { data: project } = useProject()
  return (
    <section aria-labelledby="traits">
      <Title order={2} id="traits" mb="xs">
        Traits
      </Title>
      <Loaded query={query}>
        {(traits) => (
          <Table verticalSpacing={6}>
            <Table.Tbody>
              {traits.map((trait) => (
                <Table.Tr key={trait.name}>
                  <Table.Th scope="row" fw={400} style={{ verticalAlign: 'top' }}>
                    <Stack gap={0}>
                      <Text>{trait.label}</Text>
                      <Text size="xs" c="dimmed">
                        {trait.sentence}
                      </Text>
                    </Stack>
                  </Table.Th>
                  <Table.Td w="34%" style={{ verticalAlign: 'top', overflowWrap: 'anywhere' }}>
                    {trait.needs.length > 0 ? (
                      <Text size="sm" c="dimmed">
                        {trait.needs.join('. ')}
                      </Text>
                    ) : (
                      <Text c={trait.value === null ? 'dimmed' : undefined} style={trait.type === 'number' ? { whiteSpace: 'nowrap' } : undefined}>
                        {traitValueWords(trait, { zone: project?.timezone, currency: project?.currency })}
                      </Text>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Loaded>
    </section>
  )
}
