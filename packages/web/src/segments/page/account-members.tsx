import type { Segment } from '@kindred/model'
import { Stack, Text } from '@mantine/core'
import { AccountTable } from '../../accounts/account-table.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Pager } from '../../app/pager.tsx'
import { AsOfFields, AsOfNote } from './as-of.tsx'
import { membersPerPage, useAccounts } from './use-members.ts'
import { WhyLink } from './why-link.tsx'

/** Which accounts are in the segment, now or at the end of a day, a page at a time; the name opens the account. */
export function AccountMembers({ segment }: { segment: Segment }) {
  const { query, page, setPage, asOf, setAsOf } = useAccounts(segment)
  return (
    <Stack>
      <AsOfFields segment={segment} value={asOf} onChange={setAsOf} />
      <Loaded query={query}>
        {({ results: accounts, total, at }) => (
          <Stack>
            <AsOfNote value={asOf} at={at} />
            {total === 0 ? (
              <Text c="dimmed">{asOf.day === '' ? 'No account is in this segment now.' : 'No account was in it then.'}</Text>
            ) : (
              <>
                <AccountTable
                  caption={`Members of ${segment.name}`}
                  accounts={accounts}
                  extra={{ label: 'Reason', cell: ({ id, label }) => <WhyLink segment={segment} member={id} label={label} /> }}
                />
                <Pager page={page} pageSize={membersPerPage} total={total} onChange={setPage} of="accounts" />
              </>
            )}
          </Stack>
        )}
      </Loaded>
    </Stack>
  )
}
