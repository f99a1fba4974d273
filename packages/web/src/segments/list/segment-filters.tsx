import type { Segment } from '@kindred/model'
import { Group, Select, type SelectProps, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { useState } from 'react'
import { IconSearch } from '../../app/icons.tsx'
import { namesInUse } from '../names-in-use.ts'
import { type SegmentsSearch, segmentKinds, segmentSorts } from './segments-search.ts'

interface SegmentFiltersProps {
  segments: readonly Segment[]
  search: SegmentsSearch
  change: (part: { [Name in keyof SegmentsSearch]?: SegmentsSearch[Name] | undefined }) => void
}

/** What the list can be narrowed by: only that in which its segments differ. */
export function SegmentFilters({ segments, search, change }: SegmentFiltersProps) {
  const [text, setText] = useState(search.search ?? '')
  const settle = useDebouncedCallback((typed: string) => change({ search: typed.trim() || undefined }), 250)
  const owners = new Map(segments.flatMap(({ owner }) => (owner === null ? [] : [[String(owner.id), owner.name]])))
  const kinds = segmentKinds.filter((kind) => segments.some((each) => each.kind === kind || each.unit === kind))
  return (
    <Group gap="xs">
      <TextInput
        aria-label="Search segments"
        placeholder="Name or words of the rule"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          settle(event.currentTarget.value)
        }}
        flex="1 1 220px"
        maw={360}
      />
      <Choice
        label="Kind"
        every="Every kind"
        data={kinds.map((value) => ({ value, label: kindWords[value] }))}
        value={search.kind ?? null}
        onChange={(value) => change({ kind: kinds.find((each) => each === value) })}
      />
      <Choice
        label="Folder"
        every="Every folder"
        data={namesInUse(segments.map(({ folder }) => folder))}
        value={search.folder ?? null}
        onChange={(folder) => change({ folder: folder ?? undefined })}
      />
      <Choice
        label="Tag"
        every="Every tag"
        data={namesInUse(segments.flatMap(({ tags }) => tags))}
        value={search.tag ?? null}
        onChange={(tag) => change({ tag: tag ?? undefined })}
      />
      <Choice
        label="Owner"
        every="Every owner"
        data={[...owners].map(([value, label]) => ({ value, label: label ?? '' }))}
        value={search.owner === undefined ? null : String(search.owner)}
        onChange={(owner) => change({ owner: owner === null ? undefined : Number(owner) })}
      />
      <Select
        aria-label="Order"
        data={orders}
        value={search.sort ?? 'changed'}
        onChange={(sort) => change({ sort: segmentSorts.find((each) => each === sort) })}
        allowDeselect={false}
        w={176}
      />
    </Group>
  )
}

interface ChoiceProps extends Pick<SelectProps, 'onChange'> {
  label: string
  /** What is said while nothing is chosen. */
  every: string
  data: readonly (string | { value: string; label: string })[]
  value: string | null
}

/** A filter; nothing where there is nothing to choose between. */
function Choice({ label, every, data, value, onChange }: ChoiceProps) {
  if (data.length === 0 || (data.length === 1 && label === 'Kind')) return null
  return (
    <Select
      aria-label={label}
      placeholder={every}
      data={[...data]}
      value={value}
      onChange={onChange}
      clearable
      searchable={data.length > 8}
      clearButtonProps={{ 'aria-label': `Show ${every.toLowerCase()}` }}
      w={152}
    />
  )
}

const kindWords: Record<(typeof segmentKinds)[number], string> = { rule: 'Keeps updating', frozen: 'Frozen list', account: 'Of accounts' }
const orders = [
  { value: 'changed', label: 'Changed last first' },
  { value: 'size', label: 'Largest first' },
  { value: 'grown', label: 'Grown most first' },
  { value: 'shrunk', label: 'Shrunk most first' },
  { value: 'name', label: 'By name' },
]
