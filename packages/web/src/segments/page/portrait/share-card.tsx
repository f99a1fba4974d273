import type { SegmentUnit, ShareKind, SharesGroup } from '@kindred/model'
import { Paper, Table, Text, Title, UnstyledButton } from '@mantine/core'
import { lazy, type ReactNode, Suspense, useId, useMemo } from 'react'
import { formatNumber, formatPercent } from '../../../app/format.ts'
import { PlainLink } from '../../../app/links.tsx'
import { countryName } from '../../../people/person-value.ts'
import type { OpenedNumber } from './opened-definition.tsx'
import classes from './portrait.module.css'

const CountryMap = lazy(() => import('./country-map.tsx'))

const titles: Record<ShareKind, string> = {
  categories: 'Categories',
  places: 'Places',
  devices: 'Devices',
  channels: 'Channels',
  ages: 'Ages',
  industries: 'Industries',
  companySizes: 'Company sizes',
}

interface ShareCardProps {
  group: SharesGroup
  unit: SegmentUnit
  onOpen: (opened: OpenedNumber) => void
}

type Row = SharesGroup['rows'][number]

/** One list of values: a bar for the members and a thin one for everyone, each row opening its members; the same in numbers below. */
export function ShareCard({ group, unit, onOpen }: ShareCardProps) {
  const id = useId()
  const { kind, rows, known, several } = group
  const nameOf = ({ value }: Row) => (kind === 'places' ? countryName(value) : value)
  const shares = ({ segment, everyone }: Row) => ({ own: share(segment, known.segment), all: share(everyone, known.everyone) })
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Title order={3} id={id}>
        {titles[kind]}
      </Title>
      <Text c="dimmed" size="xs" mb="xs">
        {group.says}. Known of {formatNumber(known.segment)}
        {several && '; one may have several'}.
      </Text>
      {kind === 'places' && <PlacesMap group={group} onOpen={unit === 'person' ? onOpen : null} />}
      <ol className={classes.bars}>
        {rows.map((row) => (
          <li key={row.value}>
            <Opener row={row} unit={unit} title={`${titles[kind]}: ${nameOf(row)}`} onOpen={onOpen}>
              <Bar name={nameOf(row)} {...shares(row)} />
            </Opener>
          </li>
        ))}
      </ol>
      <details className={classes.table}>
        <summary>As a table</summary>
        <Table verticalSpacing={4}>
          <caption className="kindred-hidden">{titles[kind]}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{titles[kind]}</Table.Th>
              <Table.Th ta="right">Members</Table.Th>
              <Table.Th ta="right">Everyone</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.value}>
                <Table.Td>{nameOf(row)}</Table.Td>
                <Table.Td ta="right">
                  {formatNumber(row.segment)} ({formatPercent(shares(row).own)})
                </Table.Td>
                <Table.Td ta="right">
                  {formatNumber(row.everyone)} ({formatPercent(shares(row).all)})
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </details>
    </Paper>
  )
}

/** Countries on the map; those of people open as their bars do. */
function PlacesMap({ group: { rows, known }, onOpen }: { group: SharesGroup; onOpen: ShareCardProps['onOpen'] | null }) {
  const countries = useMemo(() => rows.map(({ value, segment }) => ({ value, share: share(segment, known.segment) })), [rows, known])
  const open = (value: string) => {
    const row = rows.find((each) => each.value === value)
    if (row !== undefined) onOpen?.({ title: `${titles.places}: ${countryName(value)}`, definition: row.definition })
  }
  return (
    <Suspense fallback={<div className={classes.map} />}>
      <CountryMap rows={countries} onOpen={open} />
    </Suspense>
  )
}

const share = (count: number, known: number) => (known === 0 ? 0 : count / known)

interface OpenerProps {
  row: Row
  unit: SegmentUnit
  title: string
  onOpen: (opened: OpenedNumber) => void
  children: ReactNode
}

/** People are listed beside the page; accounts are counted in the builder, where they can be saved too. */
function Opener({ row: { definition }, unit, title, onOpen, children }: OpenerProps) {
  if (unit === 'person') {
    return (
      <UnstyledButton className={classes.bar} onClick={() => onOpen({ title, definition })}>
        {children}
      </UnstyledButton>
    )
  }
  const { where, accountType } = definition
  return (
    <PlainLink to="/segments/new" search={{ where, unit, accountType }} className={classes.bar}>
      {children}
    </PlainLink>
  )
}

function Bar({ name, own, all }: { name: string; own: number; all: number }) {
  return (
    <>
      <span className={classes.barWords}>
        <Text span truncate>
          {name}
        </Text>
        <Text span fw={500}>
          {formatPercent(own)}{' '}
          <Text span c="dimmed" size="xs" fw={400}>
            everyone {formatPercent(all)}
          </Text>
        </Text>
      </span>
      <span className={classes.own} style={{ width: `${100 * own}%` }} aria-hidden />
      <span className={classes.all} style={{ width: `${100 * all}%` }} aria-hidden />
    </>
  )
}
