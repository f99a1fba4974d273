import { Checkbox, Code, Group, ScrollArea, Select, Table, Text, Title } from '@mantine/core'
import { formatNumber } from '../../app/format.ts'
import { type ColumnUse, columnUse, type Destination, destinations, namesBeside, withColumnUse } from './mapping-columns.ts'
import { NameField } from './name-field.tsx'
import type { PartProps } from './part.ts'

const types: { value: ColumnUse['type']; label: string }[] = [
  { value: 'auto', label: 'Found out' },
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes/no' },
  { value: 'date', label: 'Date' },
]

const destinationWords: Record<Destination, string> = { event: 'The event', item: 'Each item', person: 'The person' }

/** Every column with samples, and where its value goes. */
export function ColumnTable({ inspection, mapping, onChange }: PartProps) {
  const offered = destinations.filter((each) => each === 'person' || (each === 'event' && mapping.event) || (each === 'item' && mapping.event?.group))
  return (
    <>
      <Title order={3}>What else the columns say</Title>
      <Text c="dimmed" mb="sm">
        Tick where each value goes. A column that goes nowhere is left out.
      </Text>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Columns' }}>
        <Table verticalSpacing={8} miw={880}>
          <caption className="kindred-hidden">Columns of the file and where they go</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">Column</Table.Th>
              {offered.map((destination) => (
                <Table.Th key={destination} scope="col">
                  {destinationWords[destination]}
                </Table.Th>
              ))}
              <Table.Th scope="col">As</Table.Th>
              <Table.Th scope="col">Read as</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {inspection.columns.map((column) => (
              <ColumnRow key={column.name} column={column} offered={offered} mapping={mapping} onChange={onChange} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
    </>
  )
}

interface ColumnRowProps extends Pick<PartProps, 'mapping' | 'onChange'> {
  column: PartProps['inspection']['columns'][number]
  offered: readonly Destination[]
}

function ColumnRow({ column, offered, mapping, onChange }: ColumnRowProps) {
  const use = columnUse(mapping, column.name)
  const change = (part: Partial<ColumnUse>) => onChange(withColumnUse(mapping, column.name, { ...use, ...part }))
  return (
    <Table.Tr>
      <Table.Td maw={320}>
        <Text fw={500}>
          {column.name}{' '}
          <Text span c="dimmed" fz="xs">
            {types.find(({ value }) => value === column.type)?.label.toLowerCase()}
            {column.empty > 0 && `, ${formatNumber(column.empty)} empty`}
          </Text>
        </Text>
        <Group gap={4}>
          {column.samples.slice(0, 3).map((sample) => (
            <Code key={sample} maw={140} style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }} title={sample}>
              {sample}
            </Code>
          ))}
        </Group>
      </Table.Td>
      {offered.map((destination) => (
        <Table.Td key={destination}>
          <Checkbox
            aria-label={`${column.name} goes on ${destinationWords[destination].toLowerCase()}`}
            checked={use.to.includes(destination)}
            onChange={(event) => change({ to: event.currentTarget.checked ? [...use.to, destination] : use.to.filter((each) => each !== destination) })}
          />
        </Table.Td>
      ))}
      <Table.Td>
        {use.to.length > 0 && (
          <NameField
            label={`Name of ${column.name}`}
            value={use.name}
            taken={namesBeside(mapping, column.name, use.to)}
            onChange={(name) => change({ name })}
          />
        )}
      </Table.Td>
      <Table.Td>
        {use.to.length > 0 && (
          <Select
            aria-label={`Type of ${column.name}`}
            data={types}
            value={use.type}
            onChange={(type) => change({ type: types.find(({ value }) => value === type)?.value ?? 'auto' })}
            allowDeselect={false}
            w={120}
          />
        )}
      </Table.Td>
    </Table.Tr>
  )
}
