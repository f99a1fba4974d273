import {
  messageEvents,
  type PersonaDraft,
  type PortraitShares,
  type Project,
  type SegmentDifference,
  type SegmentPortrait,
  type SegmentUnit,
  type ShareKind,
  standardFieldNamed,
} from '@kindred/model'
import type { Parts } from '../../parts.ts'
import { compareSegments } from '../../segmentations/compare.ts'
import { segmentRow, unitOf } from '../segment-row.ts'
import { segmentPortrait } from './portrait.ts'
import { portraitShares } from './shares.ts'

interface Facts {
  name: string
  unit: SegmentUnit
  /** That buyers order says nothing of how to talk to them. */
  orderEvents: readonly string[]
  currency: string
  portrait: SegmentPortrait
  shares: PortraitShares
  /** Largest effect first. */
  differences: readonly SegmentDifference[]
}

/** A persona in sentences that each state what is counted now. Errors: `segment/not-found`, those of a long question. */
export async function personaDraft(parts: Parts, project: Project, id: number): Promise<PersonaDraft> {
  const row = await segmentRow(parts, project, id)
  const [portrait, shares, compared] = await Promise.all([
    segmentPortrait(parts, project, id),
    portraitShares(parts, project, id),
    compareSegments(parts, project, { a: id, by: ['properties', 'events'] }),
  ])
  const facts: Facts = {
    name: row.name,
    unit: unitOf(row),
    orderEvents: project.roles.events.order ?? [],
    currency: project.currency,
    portrait,
    shares,
    differences: compared.differences,
  }
  return { name: nameOf(facts), needs: written(needsOf(facts)), objections: written(objectionsOf(facts)), talk: written(talkOf(facts)), at: portrait.at }
}

const written = (lines: readonly string[]) => lines.join('\n')

/** "Regulars: 35-44, Ireland, Mobile": what most of those have of whom it is known. */
function nameOf(facts: Facts): string {
  const typical = (['ages', 'places', 'devices', 'industries'] as const).flatMap((kind) => {
    const [first] = topOf(facts, kind, 1)
    return first !== undefined && first.share >= 0.25 ? [first.value] : []
  })
  return `${facts.name}${typical.length > 0 ? `: ${typical.join(', ')}` : ''}`.slice(0, 200)
}

function needsOf(facts: Facts): string[] {
  const told = facts.differences.filter((each) => each.kind === 'value' && each.difference > 0 && ['needs', 'psychographic'].includes(kindOf(each)))
  const bought = topOf(facts, 'categories', 3)
  return [
    ...told.slice(0, 4).map((each) => `${labelOf(each)}: ${each.kind === 'value' ? each.value : ''} (${beside(each)}).`),
    ...(bought.length > 0 ? [`Buys ${listed(bought)} of those who order.`] : []),
  ]
}

function objectionsOf({ portrait: { segment, all }, currency, differences }: Facts): string[] {
  const lines: string[] = []
  const { orders } = segment
  const notYet = segment.people - segment.customers
  if (orders !== null && notYet > 0) lines.push(`${percent(notYet / segment.people)} have not ordered yet.`)
  if (orders !== null && all.orders !== null && orders.buyers > 0) {
    const [own, usual] = [orders.repeat / orders.buyers, all.orders.repeat / all.orders.buyers]
    if (own < usual) lines.push(`${percent(1 - own)} of those who ordered did so only once; of everyone ${percent(1 - usual)}.`)
    const [spends, usually] = [averageOf(orders), averageOf(all.orders)]
    if (spends !== null && usually !== null && spends < usually) {
      lines.push(`Spends less per order: ${money(spends, currency)}, against ${money(usually, currency)}.`)
    }
  }
  const less = differences.filter((each) => each.kind === 'event' && each.difference < 0)
  lines.push(...less.slice(0, 3).map((each) => `Less often “${each.label}” (${beside(each)}).`))
  const { email } = segment.reach
  if (email.refused > 0) lines.push(`${percent(email.refused / email.addresses)} of those with an e-mail address refused marketing by e-mail.`)
  return lines
}

function talkOf(facts: Facts): string[] {
  const { people, reach } = facts.portrait.segment
  const [channels, devices] = [topOf(facts, 'channels', 2), topOf(facts, 'devices', 1)]
  const more = facts.differences.filter(
    (each) => each.kind === 'event' && each.difference > 0 && !facts.orderEvents.includes(each.name) && isOwnDeed(each.name),
  )
  return [
    // An account is reached through its people.
    ...(facts.unit === 'person' && people > 0
      ? [`E-mail reaches ${percent(reach.email.reachable / people)} of them, SMS ${percent(reach.sms.reachable / people)}.`]
      : []),
    ...(channels.length > 0 ? [`They come by ${listed(channels)}.`] : []),
    ...(devices.length > 0 ? [`They use ${listed(devices)}.`] : []),
    ...more.slice(0, 2).map((each) => `More often “${each.label}” (${beside(each)}).`),
  ]
}

interface Top {
  value: string
  share: number
}

/** The most frequent values of a list, as shares of the members of whom any is known. */
function topOf({ shares }: Pick<Facts, 'shares'>, kind: ShareKind, most: number): Top[] {
  const group = shares.groups.find((each) => each.kind === kind)
  if (group === undefined || group.known.segment === 0) return []
  const found = group.rows.filter(({ segment }) => segment > 0).sort((a, b) => b.segment - a.segment)
  return found.slice(0, most).map(({ value, segment }) => ({ value, share: segment / group.known.segment }))
}

function listed(top: readonly Top[]): string {
  return new Intl.ListFormat('en').format(top.map(({ value, share }) => `${value} (${percent(share)})`))
}

const averageOf = ({ orders, revenue }: { orders: number; revenue: number | null }) => (revenue === null || orders === 0 ? null : revenue / orders)
/** A message that was sent to them is not what they did. */
const isOwnDeed = (name: string) => !['sent', 'delivered', 'bounced'].includes(messageEvents.get(name)?.action ?? '')
const kindOf = ({ name }: SegmentDifference) => standardFieldNamed(name)?.kind ?? ''
const labelOf = ({ name, label }: SegmentDifference) => standardFieldNamed(name)?.label ?? label
const beside = ({ a, b }: SegmentDifference) => `${percent(a)}; of the others ${percent(b)}`
const percent = (share: number) => new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: share < 0.1 ? 1 : 0 }).format(share)
const money = (amount: number, currency: string) => new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount)
