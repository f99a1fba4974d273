import type { PeoplePage as PeopleList } from '@kindred/model'
import { Group, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useProjectQuery, useStatus } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { formatNumber, plural } from '../app/format.ts'
import { IconSearch, IconUser } from '../app/icons.tsx'
import { ButtonLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { rowsPerPage } from '../app/page-number.ts'
import { Pager } from '../app/pager.tsx'
import { useProperties } from '../data/known-names.ts'
import { ColumnMenu } from './column-menu.tsx'
import { KindFilter } from './kind-filter.tsx'
import type { PeopleSearch } from './people-search.ts'
import { PersonTable } from './person-table.tsx'

const route = getRouteApi('/signed-in/people')

/** Everyone the project knows, found by name, e-mail or id; the address holds what is shown. */
export function PeoplePage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Partial<PeopleSearch>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: part.page === undefined })
  const { data: status } = useStatus()
  const query = useProjectQuery<PeopleList>('people', {
    search: search.search,
    kind: search.kind,
    country: search.country,
    sort: search.sort,
    limit: rowsPerPage,
    offset: ((search.page ?? 1) - 1) * rowsPerPage,
  })
  return (
    <Page title="People" says={status && `${formatNumber(status.people.all)} ${plural(status.people.all, 'person', 'people')} so far`}>
      <Stack>
        <Filters search={search} change={change} />
        <Loaded query={query} skeleton={<Lines count={10} />}>
          {(page) => <Results page={page} search={search} change={change} />}
        </Loaded>
      </Stack>
    </Page>
  )
}

interface PartProps {
  search: PeopleSearch
  change: (part: Partial<PeopleSearch>) => void
}

function Filters({ search, change }: PartProps) {
  const [text, setText] = useState(search.search ?? '')
  const settle = useDebouncedCallback((typed: string) => change({ search: typed.trim() || undefined }), 250)
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        aria-label="Search people"
        placeholder="Name, e-mail or id"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          settle(event.currentTarget.value)
        }}
        flex="1 1 220px"
        maw={360}
      />
      <KindFilter value={search.kind} onChange={(kind) => change({ kind })} />
      <Select
        aria-label="Order"
        data={[
          { value: 'lastSeen', label: 'Last seen first' },
          { value: 'created', label: 'Newest first' },
          { value: 'events', label: 'Most events first' },
        ]}
        value={search.sort ?? 'lastSeen'}
        onChange={(sort) => change({ sort: sort === 'created' || sort === 'events' ? sort : undefined })}
        allowDeselect={false}
        w={168}
      />
      <ColumnMenu value={search.columns ?? []} onChange={(columns) => change({ columns: columns.length > 0 ? columns : undefined, page: search.page })} />
    </Group>
  )
}

function Results({ page, search, change }: PartProps & { page: PeopleList }) {
  const { data } = useProperties()
  const labels = new Map((data ?? []).filter(({ of }) => of === 'person').map(({ name, label }) => [name, label]))
  const narrowed = search.search !== undefined || search.kind !== undefined || search.country !== undefined
  if (page.total === 0) {
    return narrowed ? (
      <EmptyState icon={<IconSearch size={40} stroke={1.25} />} title="Nobody fits">
        Search for a part of the name, the e-mail address or the id, or show every kind of person.
      </EmptyState>
    ) : (
      <EmptyState icon={<IconUser size={40} stroke={1.25} />} title="Nobody yet" action={<ButtonLink to="/data/sources">Connect a source</ButtonLink>}>
        Everyone who sends an event or stands in an imported file appears here with a profile.
      </EmptyState>
    )
  }
  return (
    <>
      <PersonTable
        caption={page.says || 'People'}
        people={page.results}
        columns={(search.columns ?? []).map((name) => ({ name, label: labels.get(name) ?? name }))}
      />
      <Pager page={search.page ?? 1} pageSize={rowsPerPage} total={page.total} onChange={(next) => change({ page: next })} of="people" />
    </>
  )
}
