import type { Condition, Crowd, ReachChannel, SegmentDefinition, SegmentPortrait } from '@kindred/model'
import { Paper, Text, UnstyledButton } from '@mantine/core'
import { useProject } from '../../../api/project.ts'
import { formatMoney, formatNumber, formatPercent, formatWholeMoney } from '../../../app/format.ts'
import { kindWords } from '../../../people/kind-words.ts'
import type { OpenedNumber } from './opened-definition.tsx'
import classes from './portrait.module.css'

interface Figure {
  label: string
  value: string
  /** The same of everyone, and what the number leaves out. */
  beside: string
  /** Whom the number counts; left out where it counts no people. */
  where?: Condition[]
}

/** The numbers of a segment's people, each beside everyone's; a number of people opens them. */
export function Figures({ portrait, onOpen }: { portrait: SegmentPortrait; onOpen: (opened: OpenedNumber) => void }) {
  const { data: project } = useProject()
  const figures = [...kinds(portrait), ...reaches(portrait), ...orders(portrait, project?.currency ?? 'EUR')]
  const definition = (where: Condition[]): SegmentDefinition => ({ unit: 'person', where: { all: [portrait.people, ...where] } })
  return (
    <div className={classes.figures}>
      {figures.map(({ label, value, beside, where }) => (
        <Paper key={label} withBorder className={classes.figure}>
          {where === undefined ? (
            <div className={classes.figureInside}>
              <Words label={label} value={value} beside={beside} />
            </div>
          ) : (
            <UnstyledButton className={classes.figureInside} onClick={() => onOpen({ title: label, definition: definition(where) })}>
              <Words label={label} value={value} beside={beside} />
            </UnstyledButton>
          )}
        </Paper>
      ))}
    </div>
  )
}

function Words({ label, value, beside }: Figure) {
  return (
    <>
      <Text component="span" c="dimmed" display="block">
        {label}
      </Text>
      <Text component="span" fz={22} fw={600} lh={1.3} display="block">
        {value}
      </Text>
      <Text component="span" c="dimmed" fz="xs" display="block">
        {beside}
      </Text>
    </>
  )
}

const shareOf = (count: number, people: number) => formatPercent(people === 0 ? 0 : count / people)
const ordered: Condition = { did: { role: 'order' } }
/** As a person is told apart elsewhere: by these two names, whatever else holds an address. */
const hasEmail: Condition = {
  any: [
    { property: 'email', exists: true },
    { property: '$email', exists: true },
  ],
}

function kinds({ segment, all }: SegmentPortrait): Figure[] {
  const figure = (label: string, count: (crowd: Crowd) => number, where: Condition[]): Figure => ({
    label,
    value: formatNumber(count(segment)),
    beside: `${shareOf(count(segment), segment.people)}; of everyone ${shareOf(count(all), all.people)}`,
    where,
  })
  return [
    figure(kindWords.customer.many, ({ customers }) => customers, [ordered]),
    figure(`${kindWords.known.many}, by e-mail`, ({ known }) => known, [{ not: ordered }, hasEmail]),
    figure(kindWords.anonymous.many, ({ anonymous }) => anonymous, [{ not: ordered }, { not: hasEmail }]),
  ]
}

const channels: { channel: ReachChannel; label: string; property: string; address: string }[] = [
  { channel: 'email', label: 'Reachable by e-mail', property: 'standard.email', address: 'e-mail address' },
  { channel: 'sms', label: 'Reachable by SMS', property: 'standard.phone', address: 'phone number' },
]

function reaches({ segment, all }: SegmentPortrait): Figure[] {
  return channels.map(({ channel, label, property, address }) => {
    const { addresses, reachable } = segment.reach[channel]
    return {
      label,
      value: formatNumber(reachable),
      beside: `${shareOf(reachable, segment.people)}; of everyone ${shareOf(all.reach[channel].reachable, all.people)}. ${formatNumber(addresses)} have ${address.startsWith('e') ? 'an' : 'a'} ${address}.`,
      where: [
        { property, exists: true },
        { consent: channel, purpose: 'marketing', is: 'given' },
      ],
    }
  })
}

function orders({ segment, all }: SegmentPortrait, currency: string): Figure[] {
  if (segment.orders === null || all.orders === null) return []
  const [own, everyone] = [segment.orders, all.orders]
  const money = (amount: number) => formatMoney(amount, currency)
  const average = ({ revenue, orders: count }: typeof own) => (revenue === null || count === 0 ? null : revenue / count)
  const again: Figure = {
    label: 'Ordered again',
    value: shareOf(own.repeat, own.buyers),
    beside: `of those who ordered; of everyone ${shareOf(everyone.repeat, everyone.buyers)}`,
    where: [{ did: { role: 'order' }, count: { atLeast: 2 } }],
  }
  if (own.revenue === null || everyone.revenue === null) return [again]
  const [spends, usual] = [average(own), average(everyone)]
  return [
    {
      label: 'Revenue, all time',
      value: formatWholeMoney(own.revenue, currency),
      beside: `${everyone.revenue === 0 ? formatPercent(0) : formatPercent(own.revenue / everyone.revenue)} of everyone’s`,
    },
    { label: 'Average order', value: spends === null ? '–' : money(spends), beside: usual === null ? 'nobody ordered yet' : `everyone’s: ${money(usual)}` },
    again,
  ]
}
