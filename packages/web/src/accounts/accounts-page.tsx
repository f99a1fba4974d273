import type { AccountsPage as AccountList } from '@kindred/model'
import { Group, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useProjectQuery } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { formatNumber, plural } from '../app/format.ts'
import { IconBuilding, IconSearch } from '../app/icons.tsx'
import { ButtonLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { rowsPerPage } from '../app/page-number.ts'
import { Pager } from '../app/pager.tsx'
import { AccountTable } from './account-table.tsx'
import { type AccountsSearch, accountSorts } from './accounts-search.ts'
import { useAccountTypes } from './use-account-types.ts'

const route = getRouteApi('/signed-in/accounts')

/** Every company, team or other account, found by name or key; the address holds what is shown. */
export function AccountsPage() {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const change = (part: Partial<AccountsSearch>) =>
    void navigate({ search: (before) => ({ ...before, page: undefined, ...part }), replace: part.page === undefined })
  const all = (useAccountTypes() ?? []).reduce((sum, { accounts }) => sum + accounts, 0)
  const query = useProjectQuery<AccountList>('accounts', {
    search: search.search,
    type: search.type,
    sort: search.sort,
    limit: rowsPerPage,
    offset: ((search.page ?? 1) - 1) * rowsPerPage,
  })
  return (
    <Page title="Accounts" says={all > 0 && `${formatNumber(all)} ${plural(all, 'account', 'accounts')} so far`}>
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
  search: AccountsSearch
  change: (part: Partial<AccountsSearch>) => void
}

function Filters({ search, change }: PartProps) {
  const [text, setText] = useState(search.search ?? '')
  const settle = useDebouncedCallback((typed: string) => change({ search: typed.trim() || undefined }), 250)
  const types = useAccountTypes() ?? []
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        aria-label="Search accounts"
        placeholder="Name or key"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value)
          settle(event.currentTarget.value)
        }}
        flex="1 1 220px"
        maw={360}
      />
      {types.length > 1 && (
        <Select
          aria-label="Type"
          placeholder="Every type"
          data={types.map(({ name, label }) => ({ value: name, label }))}
          value={search.type ?? null}
          onChange={(type) => change({ type: type ?? undefined })}
          clearable
          clearButtonProps={{ 'aria-label': 'Show every type' }}
          w={168}
        />
      )}
      <Select
        aria-label="Order"
        data={[
          { value: 'lastSeen', label: 'Last seen first' },
          { value: 'created', label: 'Newest first' },
          { value: 'people', label: 'Most people first' },
          { value: 'name', label: 'By name' },
        ]}
        value={search.sort ?? 'lastSeen'}
        onChange={(sort) => change({ sort: accountSorts.find((each) => each === sort) })}
        allowDeselect={false}
        w={168}
      />
    </Group>
  )
}

function Results({ page, search, change }: PartProps & { page: AccountList }) {
  if (page.total === 0) {
    return search.search !== undefined || search.type !== undefined ? (
      <EmptyState icon={<IconSearch size={40} stroke={1.25} />} title="No account fits">
        Search for a part of the name or of the key, or show every type.
      </EmptyState>
    ) : (
      <EmptyState icon={<IconBuilding size={40} stroke={1.25} />} title="No account yet" action={<ButtonLink to="/data/sources">Connect a source</ButtonLink>}>
        Companies, teams and other groups appear here once an event names one: send posthog.group(type, key) or analytics.group(id).
      </EmptyState>
    )
  }
  return (
    <>
      <AccountTable caption="Accounts" accounts={page.results} />
      <Pager page={search.page ?? 1} pageSize={rowsPerPage} total={page.total} onChange={(next) => change({ page: next })} of="accounts" />
    </>
  )
}
