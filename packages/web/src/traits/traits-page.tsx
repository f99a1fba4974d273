import type { Trait, TraitPreview } from '@kindred/model'
import { Badge, Button, Drawer, Group, ScrollArea, Stack, Table, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../api/client.ts'
import { projectPath, useProjectId, useProjectList } from '../api/project.ts'
import { IconSearch } from '../app/icons.tsx'
import { Loaded } from '../app/loaded.tsx'
import { DeleteTrait } from './delete-trait.tsx'
import { TraitForm } from './trait-form.tsx'
import { TraitSpread } from './trait-spread.tsx'
import { traitTypeWords } from './trait-words.ts'

/** All traits: what each is, of how many it is known, and how its values lie; here they are made and changed. */
export function TraitsPage() {
  const query = useProjectList<Trait>('traits')
  const [find, setFind] = useState('')
  const [opened, setOpened] = useState<string | null>(null)
  const [edited, setEdited] = useState<Trait | 'new' | null>(null)
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  const fits = ({ label, name, sentence }: Trait) => words.every((word) => `${label} ${name} ${sentence}`.toLowerCase().includes(word))
  const shown = query.data?.find(({ name }) => name === opened)
  return (
    <Stack gap="md">
      <Text c="dimmed" maw={720}>
        Values computed of each person or account from what they did. Segments compare them and rank by them, and they stand on each person’s page.
      </Text>
      <Group>
        <TextInput
          aria-label="Search traits"
          placeholder="Search traits"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={find}
          onChange={(event) => setFind(event.currentTarget.value)}
          flex="1 1 200px"
          maw={320}
        />
        <Button onClick={() => setEdited('new')}>New trait</Button>
      </Group>
      <Loaded query={query}>{(traits) => <TraitTable traits={traits.filter(fits)} onOpen={setOpened} />}</Loaded>
      <Drawer opened={shown !== undefined} onClose={() => setOpened(null)} position="right" title={shown?.label} closeButtonProps={{ 'aria-label': 'Close' }}>
        {shown !== undefined && <TraitDetails key={shown.name} trait={shown} onEdit={() => setEdited(shown)} onDeleted={() => setOpened(null)} />}
      </Drawer>
      {edited !== null && <TraitForm trait={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Stack>
  )
}

function TraitTable({ traits, onOpen }: { traits: readonly Trait[]; onOpen: (name: string) => void }) {
  if (traits.length === 0) return <Text c="dimmed">No trait is called so.</Text>
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Traits' }}>
      <Table className="kindred-rows">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Trait</Table.Th>
            <Table.Th>Type</Table.Th>
            <Table.Th>Of</Table.Th>
            <Table.Th style={{ whiteSpace: 'nowrap' }}>Used by</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {traits.map((trait) => (
            <Table.Tr key={trait.name}>
              <Table.Td>
                <UnstyledButton onClick={() => onOpen(trait.name)} fw={500}>
                  {trait.label}
                </UnstyledButton>{' '}
                {!trait.builtIn && (
                  <Badge size="sm" variant="light" c="var(--mantine-color-text)">
                    Yours
                  </Badge>
                )}
                <Text size="sm" c="dimmed">
                  {trait.needs.length > 0 ? `${trait.needs.join('. ')}.` : trait.sentence}
                </Text>
              </Table.Td>
              <Table.Td data-label="Type">{traitTypeWords[trait.type]}</Table.Td>
              <Table.Td data-label="Of">{trait.unit === 'person' ? 'People' : 'Accounts'}</Table.Td>
              <Table.Td data-label="Used by">{trait.usedBy.length === 0 ? '' : trait.usedBy.map(({ name }) => name).join(', ')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function TraitDetails({ trait, onEdit, onDeleted }: { trait: Trait; onEdit: () => void; onDeleted: () => void }) {
  const project = useProjectId()
  const preview = useQuery({
    queryKey: ['project', project, 'traits', 'preview', trait.name, trait.version],
    queryFn: ({ signal }) => api.post<TraitPreview>(projectPath(project, 'traits/preview'), { name: trait.name }, { signal }),
  })
  return (
    <Stack gap="md">
      <Text>{trait.sentence}.</Text>
      {trait.description !== '' && <Text c="dimmed">{trait.description}</Text>}
      <Loaded query={preview}>{(loaded) => <TraitSpread name={trait.name} preview={loaded} unit={trait.unit} />}</Loaded>
      {!trait.builtIn && (
        <Group>
          <Button variant="default" onClick={onEdit}>
            Change
          </Button>
          <DeleteTrait trait={trait} onDeleted={onDeleted} />
        </Group>
      )}
    </Stack>
  )
}
