import type { PropertyFact } from '@kindred/model'
import { Button, ScrollArea, Table, Text, TextInput, Title, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useProject } from '../api/project.ts'
import { formatDateTime, formatRelative } from '../app/format.ts'
import { IconSearch } from '../app/icons.tsx'
import { useEventLabels } from '../data/known-names.ts'
import { FactHistory } from './fact-history.tsx'
import { MaskedValue } from './masked-value.tsx'
import { shownFact } from './person-value.ts'
import { sourceWords } from './source-words.ts'

const shortList = 12

/** Of an account less is kept than of a person. */
type Fact = Omit<PropertyFact, 'masked' | 'event' | 'changes'> & Partial<Pick<PropertyFact, 'masked' | 'event' | 'changes'>>

interface FactsTableProps {
  facts: Fact[]
  /** Properties that were taken away. */
  gone?: Fact[]
  of?: 'person' | 'account'
  /** Given: earlier values can be opened, and masked ones shown. */
  personId?: number
}

/** What is known about a person or an account: each property with its value, where it came from and when; its earlier values one click away. */
export function FactsTable({ facts, gone = [], of = 'person', personId }: FactsTableProps) {
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const [opened, setOpened] = useState<Fact | null>(null)
  const found = declaredFirst([...facts, ...gone]).filter(({ key, label }) => `${label} ${key}`.toLowerCase().includes(search.trim().toLowerCase()))
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
      {found.length === 0 && search === '' && <Text c="dimmed">Nothing but the events: no property was set on this {of}.</Text>}
      {found.length > 0 && (
        <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Properties', role: 'group' }}>
          <Table verticalSpacing={8} layout="fixed">
            <caption className="kindred-hidden">Properties of this {of} with their source and time</caption>
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
                    <FactValue personId={personId} fact={fact} isGone={gone.includes(fact)} />
                    <Provenance fact={fact} onOpen={personId === undefined ? undefined : () => setOpened(fact)} />
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
      {personId !== undefined && <FactHistory personId={personId} fact={opened} onClose={() => setOpened(null)} />}
    </section>
  )
}

function FactValue({ personId, fact, isGone }: { personId: number | undefined; fact: Fact; isGone: boolean }) {
  if (isGone) return <Text c="dimmed">taken away</Text>
  if (fact.masked && personId === undefined) return <Text c="dimmed">masked</Text>
  if (fact.masked && personId !== undefined) return <MaskedValue personId={personId} name={fact.key} label={fact.label} />
  return <Text fw={500}>{shownFact(fact.key, fact.value)}</Text>
}

/** "from an SDK by “Was identified”, 2 days ago · 3 changes". */
function Provenance({ fact, onOpen }: { fact: Fact; onOpen: (() => void) | undefined }) {
  const { data: project } = useProject()
  const labelOf = useEventLabels()
  return (
    <Text c="dimmed" fz="xs" title={fact.at === null ? undefined : formatDateTime(fact.at, project?.timezone)}>
      {sourceWords[fact.source]}
      {typeof fact.event === 'string' && ` by “${labelOf(fact.event)}”`}
      {fact.at !== null && `, ${formatRelative(fact.at)}`}
      {(fact.changes ?? 0) > 0 && onOpen !== undefined && (
        <>
          {' · '}
          <UnstyledButton fz="xs" td="underline" aria-label={`${changesWords(fact.changes)} of ${fact.label}`} onClick={onOpen}>
            {changesWords(fact.changes)}
          </UnstyledButton>
        </>
      )}
    </Text>
  )
}

const changesWords = (changes = 1) => (changes === 1 ? 'history' : `${changes} changes`)

/** What was said of a person comes before what an SDK adds by itself. */
const declaredFirst = (facts: readonly Fact[]) => [...facts].sort((a, b) => Number(a.key.startsWith('$')) - Number(b.key.startsWith('$')))
