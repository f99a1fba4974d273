import { Group, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { Loaded } from '../../app/loaded.tsx'
import { byCount, useEvents, useProperties } from '../known-names.ts'
import { EventTable } from './event-table.tsx'
import { PropertyTable } from './property-table.tsx'

const route = getRouteApi('/signed-in/data/definitions')

/** Every event and property that ever came in: its type, samples, volume, first and last time. */
export function Definitions() {
  const { find = '', show = 'events' } = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useState(find)
  const settle = useDebouncedCallback(
    (typed: string) => void navigate({ search: (before) => ({ ...before, find: typed.trim() || undefined }), replace: true }),
    200,
  )
  const matches = (thing: { name: string; label: string }) => `${thing.label} ${thing.name}`.toLowerCase().includes(find.toLowerCase())
  return (
    <Stack>
      <Group>
        <SegmentedControl
          aria-label="Show"
          data={[
            { value: 'events', label: 'Events' },
            { value: 'event', label: 'Of events' },
            { value: 'person', label: 'Of people' },
          ]}
          value={show}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, show: value === 'event' || value === 'person' ? value : undefined }) })}
        />
        <TextInput
          aria-label="Search names"
          placeholder="Search names"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value)
            settle(event.currentTarget.value)
          }}
          flex="1 1 200px"
          maw={320}
        />
      </Group>
      {show === 'events' ? <Events matches={matches} /> : <Properties of={show} matches={matches} />}
    </Stack>
  )
}

type Matches = (thing: { name: string; label: string }) => boolean

function Events({ matches }: { matches: Matches }) {
  const query = useEvents()
  return <Loaded query={query}>{(events) => <EventTable events={byCount(events.filter(matches))} />}</Loaded>
}

function Properties({ of, matches }: { of: 'event' | 'person'; matches: Matches }) {
  const query = useProperties()
  return (
    <Loaded query={query}>
      {(properties) => <PropertyTable of={of} properties={byCount(properties.filter((property) => property.of === of && matches(property)))} />}
    </Loaded>
  )
}
