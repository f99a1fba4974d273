import type { EventDefinition, PropertyDefinition, StandardFieldRow } from '@kindred/model'
import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, TextInput, useMatches } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useProjectPages, useProjectQuery } from '../../api/project.ts'
import { IconSearch } from '../../app/icons.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Describe, type Described } from './describe.tsx'
import { EventTable } from './event-table.tsx'
import { PropertyTable } from './property-table.tsx'
import { StandardTable } from './standard-table.tsx'

const route = getRouteApi('/signed-in/data/definitions')

/** Every event and property that ever came in: its type, samples, volume, first and last time, and what the team says of it. */
export function Definitions() {
  const { find = '', show = 'events', which = 'visible' } = route.useSearch()
  const navigate = route.useNavigate()
  const [text, setText] = useState(find)
  const [described, setDescribed] = useState<Described | null>(null)
  const orientation = useMatches({ base: 'vertical', xs: 'horizontal' } as const)
  const settle = useDebouncedCallback(
    (typed: string) => void navigate({ search: (before) => ({ ...before, find: typed.trim() || undefined }), replace: true }),
    200,
  )
  const asked = { search: find || undefined, show: which }
  return (
    <Stack>
      <Group>
        <SegmentedControl
          aria-label="Show"
          w={orientation === 'vertical' ? '100%' : undefined}
          orientation={orientation}
          data={[
            { value: 'events', label: 'Events' },
            { value: 'event', label: 'Event properties' },
            { value: 'person', label: 'Person properties' },
            { value: 'standard', label: 'Standard fields' },
          ]}
          value={show}
          onChange={(value) => void navigate({ search: (before) => ({ ...before, show: value === 'events' ? undefined : (value as 'event') }) })}
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
        {show !== 'standard' && (
          <NativeSelect
            aria-label="Which names"
            value={which}
            data={[
              { value: 'visible', label: 'Shown' },
              { value: 'hidden', label: 'Hidden' },
              { value: 'all', label: 'All' },
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget
              void navigate({ search: (before) => ({ ...before, which: value === 'visible' ? undefined : (value as 'hidden') }) })
            }}
          />
        )}
      </Group>
      {show === 'events' && <Events asked={asked} onDescribe={(thing) => setDescribed({ kind: 'event', thing })} />}
      {show === 'standard' && <Standard find={find} />}
      {(show === 'event' || show === 'person') && <Properties of={show} asked={asked} onDescribe={(thing) => setDescribed({ kind: 'property', thing })} />}
      <Describe described={described} onClose={() => setDescribed(null)} />
    </Stack>
  )
}

interface Asked {
  search: string | undefined
  show: string
}

function Events({ asked, onDescribe }: { asked: Asked; onDescribe: (event: EventDefinition) => void }) {
  const query = useProjectPages<EventDefinition>('data/events', { ...asked })
  return (
    <Loaded query={query}>
      {({ pages }) => (
        <>
          <EventTable events={pages.flatMap((page) => page.results)} onDescribe={onDescribe} />
          <More query={query} />
        </>
      )}
    </Loaded>
  )
}

function Properties({ of, asked, onDescribe }: { of: 'event' | 'person'; asked: Asked; onDescribe: (property: PropertyDefinition) => void }) {
  const query = useProjectPages<PropertyDefinition>('data/properties', { ...asked, of })
  return (
    <Loaded query={query}>
      {({ pages }) => (
        <>
          <PropertyTable of={of} properties={pages.flatMap((page) => page.results)} onDescribe={onDescribe} />
          <More query={query} />
        </>
      )}
    </Loaded>
  )
}

function More({ query }: { query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown } }) {
  if (!query.hasNextPage) return null
  return (
    <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} style={{ alignSelf: 'flex-start' }}>
      Show more
    </Button>
  )
}

function Standard({ find }: { find: string }) {
  const query = useProjectQuery<{ results: StandardFieldRow[] }>('data/standard-fields', { known: true })
  const words = find.toLowerCase().split(/\s+/).filter(Boolean)
  const matches = ({ label, name, sources }: StandardFieldRow) => {
    const text = `${label} ${name} ${sources.join(' ')}`.toLowerCase()
    return words.every((word) => text.includes(word))
  }
  const rank = ({ found }: StandardFieldRow) => (found.length > 0 ? 0 : 1)
  return (
    <Stack gap="xs">
      <Text c="dimmed" maw={720}>
        One name for what senders call differently. Each is read from the first of its sources that a person has; properties under their own names stay as they
        are.
      </Text>
      <Loaded query={query}>{({ results }) => <StandardTable fields={results.filter(matches).sort((a, b) => rank(a) - rank(b))} />}</Loaded>
    </Stack>
  )
}
