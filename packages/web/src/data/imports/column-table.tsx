import { Checkbox, Code, Group, ScrollArea, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { formatNumber } from '../../app/format.ts'
import { FixedValues } from './fixed-values.tsx'
import { type ColumnUse, columnUse, type Destination, destinations, namesBeside, typedValue, withColumnUse } from './mapping-columns.ts'
import { NameField } from './name-field.tsx'
import type { PartProps } from './part.ts'
import { timeFormatOptions } from './time-fields.tsx'

const types: { value: ColumnUse['type']; label: string }[] = [
  { value: 'auto', label: 'Found out' },
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes/no' },
  { value: 'date', label: 'Date' },
]

const destinationWords: Record<Destination, string> = {
  event: 'The event',
  item: 'Each item',
  person: 'The person',
  once: 'The person, if new',
  account: 'The account',
}

function offeredDestinations({ event, account, person }: PartProps['mapping']): Destination[] {
  const offered: Record<Destination, boolean> = {
    event: event !== undefined,
    item: event?.group !== undefined,
    person: person !== undefined,
    once: person !== undefined,
    account: account !== undefined,
  }
  return destinations.filter((destination) => offered[destination])
}

/** Every column with samples, and where its value goes. */
export function ColumnTable({ inspection, mapping, onChange }: PartProps) {
  const offered = offeredDestinations(mapping)
  return (
    <>
      <Title order={3}>What else the columns say</Title>
      <Text c="dimmed" mb="sm">
        Tick where each value goes. A column that goes nowhere is left out. “If new” keeps the value that a person has already.
      </Text>
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': 'Columns' }}>
        <Table verticalSpacing={8} miw={offered.length > 2 ? 1120 : 920}>
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
              <Table.Th scope="col">If empty</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {inspection.columns.map((column) => (
              <ColumnRow key={column.name} column={column} offered={offered} mapping={mapping} onChange={onChange} />
            ))}
          </Table.Tbody>
        </Table>
      </ScrollArea>
      <FixedValues mapping={mapping} offered={offered.map((value) => ({ value, label: destinationWords[value] }))} onChange={onChange} />
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
            onChange={(event) => change({ to: toggled(use.to, destination, event.currentTarget.checked) })}
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
      <Table.Td>{use.to.length > 0 && <ReadAs column={column.name} use={use} onChange={change} />}</Table.Td>
      <Table.Td>
        {use.to.length > 0 && (
          <TextInput
            aria-label={`${column.name}, if empty`}
            placeholder="left out"
            value={use.whenEmpty === undefined ? '' : String(use.whenEmpty)}
            onChange={(event) => change({ whenEmpty: defaultOf(event.currentTarget.value, use.type) })}
            w={112}
          />
        )}
      </Table.Td>
    </Table.Tr>
  )
}

function ReadAs({ column, use, onChange }: { column: string; use: ColumnUse; onChange: (part: Partial<ColumnUse>) => void }) {
  return (
    <Stack gap={4}>
      <Select
        aria-label={`Type of ${column}`}
        data={types}
        value={use.type}
        onChange={(type) => onChange({ type: types.find(({ value }) => value === type)?.value ?? 'auto' })}
        allowDeselect={false}
        w={176}
      />
      {use.type === 'date' && (
        <Select
          aria-label={`How dates of ${column} are written`}
          placeholder="as the time"
          data={timeFormatOptions}
          value={use.format ?? null}
          onChange={(format) => onChange({ format: timeFormatOptions.find(({ value }) => value === format)?.value })}
          clearable
          clearButtonProps={{ 'aria-label': `Dates of ${column} are written as the time` }}
          w={176}
        />
      )}
    </Stack>
  )
}

/** A property of a person is set always or once, not both. */
function toggled(to: readonly Destination[], destination: Destination, checked: boolean): Destination[] {
  const other = destination === 'person' ? 'once' : destination === 'once' ? 'person' : null
  const rest = to.filter((each) => each !== destination && !(checked && each === other))
  return checked ? [...rest, destination] : rest
}

function defaultOf(text: string, type: ColumnUse['type']): ColumnUse['whenEmpty'] {
  if (text === '') return undefined
  return type === 'text' ? text : typedValue(text)
}
