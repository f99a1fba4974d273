import type { Segment } from '@kindred/model'
import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { AccountTable } from '../../accounts/account-table.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { Pager } from '../../app/pager.tsx'
import { membersPerPage, useAccounts } from './use-members.ts'
import { WhyLink } from './why-link.tsx'

/** Which accounts are in the segment, a page at a time; the name opens the account. */
export function AccountMembers({ segment }: { segment: Segment }) {
  const [page, setPage] = useState(1)
  const members = useAccounts(segment, page)
  return (
    <Loaded query={members}>
      {({ results: accounts, total }) =>
        total === 0 ? (
          <Text c="dimmed">No account is in this segment now.</Text>
        ) : (
          <Stack>
            <AccountTable
              caption={`Members of ${segment.name}`}
              accounts={accounts}
              extra={{ label: 'Reason', cell: ({ id, label }) => <WhyLink segment={segment} member={id} label={label} /> }}
            />
            <Pager page={page} pageSize={membersPerPage} total={total} onChange={setPage} of="accounts" />
          </Stack>
        )
      }
    </Loaded>
  )
}
