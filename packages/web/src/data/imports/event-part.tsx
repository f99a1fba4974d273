import { Group, MultiSelect, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput, Title, useMatches } from '@mantine/core'
import { type EventMapping, withEvent, withGroup } from './mapping-event.ts'
import type { PartProps } from './part.ts'
import { Rules } from './rules.tsx'
import { TimeFields } from './time-fields.tsx'
import { TotalsList } from './totals-list.tsx'

/** What happened and when. */
export function EventPart({ inspection, mapping, onChange }: PartProps) {
  const orientation = useMatches({ base: 'vertical', sm: 'horizontal' } as const)
  const { event } = mapping
  if (!event) return null
  const columns = inspection.columns.map(({ name }) => name)
  const change = (changed: EventMapping) => onChange(withEvent(mapping, changed))
  const choose = (chosen: string) => {
    if (chosen === 'fixed') change({ ...event, name: typeof event.name === 'string' ? event.name : 'imported' })
    else change({ ...event, name: typeof event.name === 'string' ? { column: columns[0] ?? '' } : event.name })
  }
  return (
    <Stack>
      <div>
        <Title order={3}>What happened</Title>
        <Text c="dimmed">Each row becomes an event, or rows of one order become one event together.</Text>
      </div>
      <SegmentedControl
        aria-label="Where the event is named"
        orientation={orientation}
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'fixed', label: 'Always the same' },
          { value: 'column', label: 'Named in a column' },
        ]}
        value={typeof event.name === 'string' ? 'fixed' : 'column'}
        onChange={choose}
      />
      <EventFields event={event} columns={columns} onChange={change} />
    </Stack>
  )
}

interface EventFieldsProps {
  event: EventMapping
  columns: string[]
  onChange: (event: EventMapping) => void
}

function EventFields({ event, columns, onChange }: EventFieldsProps) {
  const by = event.group?.by ?? []
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 2, md: 4 }}>
        {typeof event.name === 'string' ? (
          <TextInput label="Event" value={event.name} onChange={(change) => onChange({ ...event, name: change.currentTarget.value })} required />
        ) : (
          <Select
            label="Column with the event"
            data={columns}
            value={event.name.column}
            onChange={(column) => column !== null && onChange({ ...event, name: { column } })}
            searchable
            allowDeselect={false}
          />
        )}
        <TimeFields time={event.time} columns={columns} onChange={(time) => time && onChange({ ...event, time })} />
      </SimpleGrid>
      <Rules columns={columns} rules={event.rules ?? []} onChange={(rules) => onChange({ ...event, rules })} />
      <MultiSelect
        label="Rows with the same … are one event"
        description="Choose the order or invoice number where the file has a row for each line of an order. Choose none to make each row an event."
        data={columns}
        value={by}
        onChange={(chosen) => onChange(withGroup(event, chosen))}
        placeholder={by.length === 0 ? 'Each row is an event' : undefined}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Each row is an event' }}
      />
      {by.length === 0 && <RowIds event={event} columns={columns} onChange={onChange} />}
      <TotalsList
        title={by.length > 0 ? 'Totals over the rows of an event' : 'Numbers multiplied from columns'}
        totals={event.totals ?? {}}
        columns={columns}
        onChange={(totals) => onChange({ ...event, totals })}
      />
      {event.group?.items && <ItemFields event={event} group={event.group} columns={columns} onChange={onChange} />}
    </>
  )
}

/** What makes a row the same row when it comes again, where rows are not grouped. */
function RowIds({ event, columns, onChange }: EventFieldsProps) {
  return (
    <MultiSelect
      label="Rows are told apart by"
      description="Choose the column with the id of the row, such as a transaction number. A later export that writes the row otherwise is recognised by it. Choose none to compare whole rows."
      data={columns}
      value={event.id ?? []}
      onChange={(id) => {
        const { id: _, ...rest } = event
        onChange(id.length === 0 ? rest : { ...rest, id })
      }}
      placeholder={event.id === undefined ? 'All that stands in them' : undefined}
      maxValues={8}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'Compare whole rows' }}
    />
  )
}

function ItemFields({ event, group, columns, onChange }: EventFieldsProps & { group: NonNullable<EventMapping['group']> }) {
  const items = group.items
  if (!items) return null
  return (
    <Stack gap="sm">
      <Group>
        <TextInput
          label="Name of the list of rows"
          description="Which columns each entry holds is said in the table below, under “Each item”."
          value={items.property ?? 'items'}
          onChange={(change) => onChange({ ...event, group: { ...group, items: { ...items, property: change.currentTarget.value } } })}
        />
      </Group>
      <TotalsList
        title="Numbers of each item"
        totals={items.totals ?? {}}
        columns={columns}
        onChange={(totals) => onChange({ ...event, group: { ...group, items: { ...items, totals } } })}
      />
    </Stack>
  )
}
