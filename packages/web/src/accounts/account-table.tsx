import type { AccountRow } from '@kindred/model'
import { ScrollArea, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatNumber, formatRelative } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { countryOf } from '../people/person-value.ts'
import { useAccountTypes } from './use-account-types.ts'

interface AccountTableProps {
  caption: string
  accounts: readonly AccountRow[]
  /** One more column, at the end. */
  extra?: { label: string; cell: (account: AccountRow) => ReactNode }
}

/** Accounts as rows; the name opens the account. Scrolls sideways on a narrow screen. */
export function AccountTable({ caption, accounts, extra }: AccountTableProps) {
  const types = new Map((useAccountTypes() ?? []).map(({ name, label }) => [name, label]))
  return (
    <ScrollArea type="auto" scrollbarSize={8} viewportProps={{ tabIndex: 0, 'aria-label': caption, role: 'group' }}>
      <Table highlightOnHover verticalSpacing={8} className="kindred-rows">
        <caption className="kindred-hidden">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Account</Table.Th>
            <Table.Th scope="col">Type</Table.Th>
            <Table.Th scope="col">Industry</Table.Th>
            <Table.Th scope="col">Country</Table.Th>
            <Table.Th scope="col" ta="right">
              People
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Last seen
            </Table.Th>
            {extra && <Table.Th scope="col">{extra.label}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {accounts.map((account) => (
            <Table.Tr key={account.id}>
              <Table.Td maw={260}>
                <TextLink to="/accounts/$accountId" params={{ accountId: String(account.id) }} fw={500} truncate display="block">
                  {account.label}
                </TextLink>
                {account.label !== account.key && (
                  <Text c="dimmed" fz="xs" truncate>
                    {account.key}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{types.get(account.type) ?? account.type}</Table.Td>
              <Table.Td maw={200}>
                {typeof account.properties.industry === 'string' ? <Text truncate>{account.properties.industry}</Text> : <Unknown />}
              </Table.Td>
              <Table.Td>{countryOf(account) ?? <Unknown />}</Table.Td>
              <Table.Td ta="right" data-label="People">
                {formatNumber(account.people)}
              </Table.Td>
              <Table.Td ta="right" data-label="Last seen" style={{ whiteSpace: 'nowrap' }}>
                {account.lastSeenAt === null ? <Unknown /> : formatRelative(account.lastSeenAt)}
              </Table.Td>
              {extra && <Table.Td>{extra.cell(account)}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function Unknown() {
  return (
    <Text span c="dimmed">
      <span aria-hidden>–</span>
      <span className="kindred-hidden">unknown</span>
    </Text>
  )
}
