import type { ImportMappingInput } from '@kindred/model'
import { Select, SimpleGrid, Switch, Text, TextInput, Title } from '@mantine/core'
import type { PartProps } from './part.ts'

type PersonId = ImportMappingInput['person']['id']
const eachRow = '\u0000each-row'

/** Who a row is about. */
export function PersonPart({ inspection, mapping, onChange }: PartProps) {
  const { person } = mapping
  const set = (id: PersonId) => onChange({ ...mapping, person: { ...person, id } })
  const column = columnOf(person.id)
  const suffix = typeof person.id === 'object' && 'column' in person.id ? (person.id.withoutSuffix ?? '') : ''
  const prefix = typeof person.id === 'object' ? (person.id.prefix ?? '') : ''
  return (
    <>
      <Title order={3}>Who</Title>
      <Text c="dimmed" mb="sm">
        Rows with the same id are the same person, here and in everything else you send.
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 3 }}>
        <Select
          label="Person id"
          data={[...inspection.columns.map(({ name }) => ({ value: name, label: name })), { value: eachRow, label: 'None: each row is a person' }]}
          value={column ?? eachRow}
          onChange={(chosen) => chosen !== null && set(chosen === eachRow ? { row: true, prefix: 'row-' } : idOf(chosen, suffix, prefix))}
          searchable
          allowDeselect={false}
        />
        {column !== null && (
          <TextInput
            label="Without this at its end"
            placeholder="such as .0"
            value={suffix}
            onChange={(event) => set(idOf(column, event.currentTarget.value, prefix))}
          />
        )}
        <TextInput
          label="Put before the id"
          placeholder={column === null ? 'row-' : 'such as shop-'}
          value={prefix}
          onChange={(event) => set(column === null ? { row: true, prefix: event.currentTarget.value } : idOf(column, suffix, event.currentTarget.value))}
        />
      </SimpleGrid>
      {column !== null && (
        <Switch
          mt="md"
          label="Leave out rows without an id"
          description="Otherwise they are listed as rejected."
          checked={person.whenEmpty === 'skip'}
          onChange={(event) => onChange({ ...mapping, person: { ...person, whenEmpty: event.currentTarget.checked ? 'skip' : 'reject' } })}
        />
      )}
    </>
  )
}

function columnOf(id: PersonId): string | null {
  if (typeof id === 'string') return id
  return 'column' in id ? id.column : null
}

function idOf(column: string, withoutSuffix: string, prefix: string): PersonId {
  if (withoutSuffix === '' && prefix === '') return column
  return { column, ...(withoutSuffix === '' ? {} : { withoutSuffix }), ...(prefix === '' ? {} : { prefix }) }
}
