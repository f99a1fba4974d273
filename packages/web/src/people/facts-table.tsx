import type { PropertyFact } from '@kindred/model'
import { Button, ScrollArea, Table, Text, TextInput, Title } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useProject } from '../api/project.ts'
import { formatDateTime, formatRelative } from '../app/format.ts'
import { shownValue } from './person-value.ts'

const sourceWords: Record<PropertyFact['source'], string> = {
  posthog: 'from an SDK',
  segment: 'from Segment',
  import: 'from an import',
  webhook: 'from a webhook',
  demo: 'from the demo',
  api: 'from the API',
}

const shortList = 12

/** What is known about a person: each property with its value, where it came from and when. */
export function FactsTable({ facts }: { facts: PropertyFact[] }) {
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const { data: project } = useProject()
  const found = declaredFirst(facts).filter(({ key, label }) => `${label} ${key}`.toLowerCase().includes(search.trim().toLowerCase()))
  const shown = all || search !== '' ? found : found.slice(0, shortList)
  return (
    <section aria-labelledby="facts">
      <Title order={2} id="facts" mb="xs">
        What is known
      </Title>
      {facts.length > shortList && (
        <TextInput
          aria-label="Search properties"
          placeholder="Search properties"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          mb="xs"
        />
      )}
      {facts.length === 0 && <Text c="dimmed">Nothing but the events: no property was set on this person.</Text>}
      {facts.length > 0 && (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Properties', role: 'group' }}>
          <Table verticalSpacing={8} layout="fixed">
            <caption className="kindred-hidden">Properties of this person with their source and time</caption>
            <Table.Thead>
              <Table.Tr>
                <Table.Th scope="col">Property</Table.Th>
                <Table.Th scope="col">Value</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((fact) => (
                <Table.Tr key={fact.key}>
                  <Table.Td title={fact.key} style={{ overflowWrap: 'anywhere', verticalAlign: 'top' }}>
                    {fact.label}
                    {facts.some((other) => other.label === fact.label && other.key !== fact.key) && (
                      <Text c="dimmed" fz="xs" ff="monospace">
                        {fact.key}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>
                    <Text fw={500}>{shownValue(fact.value)}</Text>
                    <Text c="dimmed" fz="xs" title={fact.at === null ? undefined : formatDateTime(fact.at, project?.timezone)}>
                      {sourceWords[fact.source]}
                      {fact.at !== null && `, ${formatRelative(fact.at)}`}
                    </Text>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea>
      )}
      {!all && search === '' && found.length > shortList && (
        <Button variant="subtle" mt="xs" onClick={() => setAll(true)}>
          Show all {found.length}
        </Button>
      )}
    </section>
  )
}

/** What was said of a person comes before what an SDK adds by itself. */
const declaredFirst = (facts: readonly PropertyFact[]) => [...facts].sort((a, b) => Number(a.key.startsWith('$')) - Number(b.key.startsWith('$')))
