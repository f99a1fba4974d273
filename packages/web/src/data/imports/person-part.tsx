import { MultiSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { IdFields, SkipEmpty } from './id-fields.tsx'
import { idColumn, type PersonMapping } from './mapping-kind.ts'
import { MembershipList } from './membership-list.tsx'
import type { PartProps } from './part.ts'
import { TimeFields } from './time-fields.tsx'

/** Who a row is about. */
export function PersonPart({ inspection, mapping, onChange }: PartProps) {
  const { person } = mapping
  if (!person) return null
  const columns = inspection.columns.map(({ name }) => name)
  const change = (part: Partial<PersonMapping>) => onChange({ ...mapping, person: { ...person, ...part } })
  const isOnlyPeople = mapping.event === undefined
  return (
    <Stack>
      <div>
        <Title order={3}>Who</Title>
        <Text c="dimmed">Rows with the same id are the same person, here and in everything else you send.</Text>
      </div>
      <div>
        <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
          <IdFields label="Person id" columns={columns} id={person.id} withRows onChange={(id) => change({ id })} />
        </SimpleGrid>
        {!(typeof person.id === 'object' && 'row' in person.id) && <SkipEmpty whenEmpty={person.whenEmpty} onChange={(whenEmpty) => change({ whenEmpty })} />}
      </div>
      {isOnlyPeople && <OnlyPeople person={person} columns={columns} onChange={onChange} mapping={mapping} />}
      <MembershipList accounts={person.accounts ?? {}} columns={columns} onChange={(accounts) => change({ accounts })} />
    </Stack>
  )
}

interface OnlyPeopleProps extends Pick<PartProps, 'mapping' | 'onChange'> {
  person: PersonMapping
  columns: string[]
}

/** What only a list of people says: more ids of each, and when it was true. */
function OnlyPeople({ person, columns, mapping, onChange }: OnlyPeopleProps) {
  const others = person.otherIds ?? []
  return (
    <>
      <MultiSelect
        label="More ids of the same person"
        description="Each is joined with the id above, unless it belongs to somebody identified already."
        data={columns}
        value={others.map(idColumn)}
        onChange={(chosen) =>
          onChange({ ...mapping, person: { ...person, otherIds: chosen.map((column) => others.find((id) => idColumn(id) === column) ?? column) } })
        }
        maxValues={8}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'No more ids' }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
        <TimeFields
          time={person.time}
          columns={columns}
          without="The moment of the import"
          onChange={(time) => {
            const { time: _, ...rest } = person
            onChange({ ...mapping, person: time === undefined ? rest : { ...rest, time } })
          }}
        />
      </SimpleGrid>
    </>
  )
}
