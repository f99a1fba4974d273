import { Button, Menu, Stack } from '@mantine/core'
import { IconFilter } from '../../app/icons.tsx'
import { emptyDraft } from '../../conditions/property-draft.ts'
import { type FilterDraft, filterMistake } from '../question/question.ts'
import { FilterRow } from './filter-row.tsx'

interface FiltersProps {
  filters: FilterDraft[]
  onChange: (filters: FilterDraft[]) => void
  event?: string
  /** Words of the button that adds one. */
  add: string
}

/** A list of filters, all of which must hold. */
export function Filters({ filters, onChange, event, add }: FiltersProps) {
  const more = (filter: FilterDraft) => onChange([...filters, filter])
  return (
    <Stack gap={4} align="flex-start">
      {filters.map((filter, index) => (
        <FilterRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
          key={index}
          filter={filter}
          mistake={filterMistake(filter)}
          event={event}
          onChange={(changed) => onChange(filters.map((each, place) => (place === index ? changed : each)))}
          onRemove={() => onChange(filters.filter((_, place) => place !== index))}
        />
      ))}
      <Menu position="bottom-start" shadow="sm">
        <Menu.Target>
          <Button variant="subtle" size="compact-sm" leftSection={<IconFilter size={14} aria-hidden />}>
            {add}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => more({ of: 'event', ...emptyDraft() })}>A property of the event or person</Menu.Item>
          <Menu.Item onClick={() => more({ of: 'trait', comparison: { trait: '' } })}>A computed value of the person</Menu.Item>
          <Menu.Item onClick={() => more({ of: 'session', ...emptyDraft('entry_page') })}>The visit it belongs to</Menu.Item>
          <Menu.Item onClick={() => more({ of: 'segment', segment: null, negated: false })}>Being in a segment</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Stack>
  )
}
