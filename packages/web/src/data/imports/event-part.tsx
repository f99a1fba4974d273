import { Group, MultiSelect, SegmentedControl, Select, SimpleGrid, Stack, Text, TextInput, Title, useMatches } from '@mantine/core'
import { useMemo, useRef } from 'react'
import { useProject } from '../../api/project.ts'
import { type EventMapping, withEvent, withGroup } from './mapping-event.ts'
import type { PartProps } from './part.ts'
import { Rules } from './rules.tsx'
import { TotalsList } from './totals-list.tsx'

type TimeFormat = NonNullable<EventMapping['time']['format']>
const timeFormats: Record<TimeFormat, string> = {
  auto: 'Found out from the text',
  'day-first': 'Day first: 31/12/2026',
  'month-first': 'Month first: 12/31/2026',
  'epoch-seconds': 'Seconds since 1970',
  'epoch-milliseconds': 'Milliseconds since 1970',
}

/** What happened and when; or nothing, where the rows only tell who people are. */
export function EventPart({ inspection, mapping, onChange }: PartProps) {
  const orientation = useMatches({ base: 'vertical', sm: 'horizontal' } as const)
  const kept = useRef<EventMapping | undefined>(mapping.event)
  if (mapping.event) kept.current = mapping.event
  const columns = inspection.columns.map(({ name }) => name)
  const firstDate = inspection.columns.find(({ type }) => type === 'date')?.name ?? columns[0] ?? ''
  const kind = mapping.event === undefined ? 'none' : typeof mapping.event.name === 'string' ? 'fixed' : 'column'
  const change = (event: EventMapping | undefined) => onChange(withEvent(mapping, event))
  const choose = (chosen: string) => {
    const event = kept.current ?? { name: '', time: { column: firstDate } }
    if (chosen === 'none') change(undefined)
    else if (chosen === 'fixed') change({ ...event, name: typeof event.name === 'string' ? event.name : 'imported' })
    else change({ ...event, name: typeof event.name === 'string' ? { column: columns[0] ?? '' } : event.name })
  }
  return (
    <Stack>
      <div>
        <Title order={3}>What happened</Title>
        <Text c="dimmed">Each row becomes an event, or rows of one order become one event together.</Text>
      </div>
      <SegmentedControl
        aria-label="What a row tells"
        orientation={orientation}
        style={{ alignSelf: 'flex-start' }}
        data={[
          { value: 'fixed', label: 'Always the same' },
          { value: 'column', label: 'Named in a column' },
          { value: 'none', label: 'Nothing: only people' },
        ]}
        value={kind}
        onChange={choose}
      />
      {mapping.event && <EventFields event={mapping.event} columns={columns} onChange={change} />}
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
        <TimeFields event={event} columns={columns} onChange={onChange} />
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

function TimeFields({ event, columns, onChange }: EventFieldsProps) {
  const { data: project } = useProject()
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], [])
  const { time } = event
  return (
    <>
      <Select
        label="Time"
        data={columns}
        value={time.column}
        onChange={(column) => column !== null && onChange({ ...event, time: { ...time, column } })}
        searchable
        allowDeselect={false}
      />
      <Select
        label="Written as"
        data={Object.entries(timeFormats).map(([value, label]) => ({ value, label }))}
        value={time.format ?? 'auto'}
        onChange={(format) => format !== null && onChange({ ...event, time: { ...time, format: format as TimeFormat } })}
        allowDeselect={false}
      />
      <Select
        label="Time zone where none is written"
        placeholder={project ? `The project’s: ${project.timezone}` : undefined}
        data={zones}
        value={time.zone ?? null}
        onChange={(zone) => {
          const { zone: _, ...rest } = time
          onChange({ ...event, time: zone === null ? rest : { ...rest, zone } })
        }}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Use the project’s time zone' }}
      />
    </>
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
