import type { PersonRow } from '@kindred/model'
import { ScrollArea, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatNumber, formatRelative } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { PersonKind } from './person-kind.tsx'
import { countryOf, shownValue } from './person-value.ts'

export interface PersonColumn {
  /** A person property's name. */
  name: string
  label: string
}

interface PersonTableProps {
  /** Says what the table lists, for screen readers. */
  caption: string
  people: readonly PersonRow[]
  columns?: readonly PersonColumn[]
  /** One more column at the end, such as the reasons why each is in a segment. */
  extra?: { label: string; cell: (person: PersonRow) => ReactNode }
}

/** People as rows; the name opens the profile. On a phone each is a block. */
export function PersonTable({ caption, people, columns = [], extra }: PersonTableProps) {
  return (
    <ScrollArea type="auto" scrollbarSize={8} viewportProps={{ tabIndex: 0, 'aria-label': caption, role: 'group' }}>
      <Table highlightOnHover verticalSpacing={8} className="kindred-rows" style={{ '--rows-width': `${560 + 140 * columns.length}px` }}>
        <caption className="kindred-hidden">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Person</Table.Th>
            <Table.Th scope="col">Kind</Table.Th>
            <Table.Th scope="col">Country</Table.Th>
            {columns.map(({ name, label }) => (
              <Table.Th key={name} scope="col">
                {label}
              </Table.Th>
            ))}
            <Table.Th scope="col" ta="right">
              Events
            </Table.Th>
            <Table.Th scope="col" ta="right">
              Last seen
            </Table.Th>
            {extra && <Table.Th scope="col">{extra.label}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Table.Tr key={person.id}>
              <Table.Td maw={260}>
                <TextLink to="/people/$personId" params={{ personId: String(person.id) }} fw={500} truncate display="block">
                  {person.label}
                </TextLink>
                {person.email !== null && person.email !== person.label && (
                  <Text c="dimmed" fz="xs" truncate>
                    {person.email}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <PersonKind kind={person.kind} />
              </Table.Td>
              <Table.Td>{countryOf(person) ?? <Unknown />}</Table.Td>
              {columns.map(({ name, label }) => (
                <Table.Td key={name} maw={220} data-label={label}>
                  <Text truncate>{person.properties[name] === undefined ? <Unknown /> : shownValue(person.properties[name])}</Text>
                </Table.Td>
              ))}
              <Table.Td ta="right" data-label="Events">
                {formatNumber(person.events)}
              </Table.Td>
              <Table.Td ta="right" data-label="Last seen" style={{ whiteSpace: 'nowrap' }}>
                {person.lastSeenAt === null ? <Unknown /> : formatRelative(person.lastSeenAt)}
              </Table.Td>
              {extra && <Table.Td>{extra.cell(person)}</Table.Td>}
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
