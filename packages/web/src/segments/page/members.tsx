import type { Segment } from '@kindred/model'
import { Group, MultiSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Loaded } from '../../app/loaded.tsx'
import { Pager } from '../../app/pager.tsx'
import { byCount, useProperties } from '../../data/known-names.ts'
import { PersonTable } from '../../people/person-table.tsx'
import { AsOfFields, AsOfNote } from './as-of.tsx'
import { membersPerPage, usePeople } from './use-members.ts'
import { WhyLink } from './why-link.tsx'

/** Who is in the segment, now or at the end of a day, a page at a time, with the properties the reader wants to see. */
export function Members({ segment }: { segment: Segment }) {
  const [columns, setColumns] = useState<string[]>([])
  const { data } = useProperties()
  const { query, page, setPage, asOf, setAsOf } = usePeople(segment)
  const options = byCount(data ?? []).filter((property) => property.of === 'person')
  const labels = new Map(options.map((property) => [property.name, property.label]))
  return (
    <Stack>
      <Group align="flex-end">
        <AsOfFields segment={segment} value={asOf} onChange={setAsOf} />
        <MultiSelect
          aria-label="Columns"
          placeholder={columns.length === 0 ? 'Add columns' : undefined}
          data={options.map((property) => ({ value: property.name, label: property.label }))}
          value={columns}
          onChange={setColumns}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': 'Remove the columns' }}
          limit={50}
          maw={480}
          miw={220}
        />
      </Group>
      <Loaded query={query}>
        {({ results: people, total, at }) => (
          <Stack>
            <AsOfNote value={asOf} at={at} />
            {total === 0 ? (
              <Text c="dimmed">{asOf.day === '' ? 'Nobody is in this segment now.' : 'Nobody was in it then.'}</Text>
            ) : (
              <>
                <PersonTable
                  caption={`Members of ${segment.name}`}
                  people={people}
                  columns={columns.map((name) => ({ name, label: labels.get(name) ?? name }))}
                  extra={{ label: 'Reason', cell: ({ id, label }) => <WhyLink segment={segment} member={id} label={label} /> }}
                />
                <Pager page={page} pageSize={membersPerPage} total={total} onChange={setPage} of="people" />
              </>
            )}
          </Stack>
        )}
      </Loaded>
    </Stack>
  )
}
