import type { Page, SourceRow } from '@kindred/model'
import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { useProjectQuery } from '../../api/project.ts'
import { EventPicker } from '../event-picker.tsx'
import { PropertyPicker } from '../property-picker.tsx'
import { senderWords } from '../sources/sender-words.ts'
import type { LiveSearch } from './live-search.ts'

interface LiveFiltersProps {
  search: LiveSearch
  onChange: (search: LiveSearch) => void
}

/** Which event, whose, with which property, and sent by what. */
export function LiveFilters({ search, onChange }: LiveFiltersProps) {
  const { event, person, property, value, lib, source } = search
  const { data } = useProjectQuery<Page<SourceRow>>('data/sources', {}, { staleTime: 60_000 })
  const senders = (data?.results ?? []).map((row) => ({ value: `${row.source} ${row.lib}`, label: senderWords(row) }))
  const set = (change: LiveSearch) => onChange({ ...search, ...change })
  const isFiltered = Object.values(search).some((each) => each !== undefined)
  return (
    <Group gap="xs">
      <EventPicker
        label="Show only"
        placeholder="All events"
        value={event ?? null}
        onChange={(choice) => typeof choice === 'string' && set({ event: choice })}
        withRoles={false}
        withAny={false}
      />
      <SettledInput key={`person ${isFiltered}`} label="Id of the person" value={person ?? ''} onChange={(text) => set({ person: text })} />
      <PropertyPicker
        label="Property"
        placeholder="Any property"
        of={['event']}
        value={property === undefined ? null : { of: 'event', name: property }}
        onChange={({ name }) => set({ property: name, value: undefined })}
      />
      {property !== undefined && <SettledInput key={property} label="Value" value={value ?? ''} onChange={(text) => set({ value: text })} />}
      <NativeSelect
        aria-label="Sent by"
        value={source === undefined ? '' : `${source} ${lib === 'none' ? '' : (lib ?? '')}`}
        data={[{ value: '', label: 'Sent by anything' }, ...senders]}
        onChange={(chosen) => {
          const [way = '', sdk = ''] = chosen.currentTarget.value.split(' ')
          set(way === '' ? { source: undefined, lib: undefined } : { source: way, lib: sdk === '' ? 'none' : sdk })
        }}
      />
      {isFiltered && (
        <Button variant="subtle" onClick={() => onChange({})}>
          All events
        </Button>
      )}
    </Group>
  )
}

/** Passes on what is typed once the typing stops. */
function SettledInput({ label, value, onChange }: { label: string; value: string; onChange: (text: string | undefined) => void }) {
  const [text, setText] = useState(value)
  const settle = useDebouncedCallback((typed: string) => onChange(typed.trim() === '' ? undefined : typed.trim()), 300)
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      w={160}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value)
        settle(event.currentTarget.value)
      }}
    />
  )
}
