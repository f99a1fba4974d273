import type { EventRow, PersonSession } from '@kindred/model'
import { Badge, Group, Text } from '@mantine/core'
import { formatDateTime, formatDuration, formatNumber, plural } from '../app/format.ts'

interface SessionHeadingProps {
  /** What the visit was as a whole; where it is not known (yet), the events shown say what they can. */
  session: PersonSession | undefined
  rows: readonly EventRow[]
  zone: string | undefined
}

/** "Visit 2 · Organic Search · 4 min, 5 pages · Chrome, Mobile · /shoes → /cart" above the events of a visit. */
export function SessionHeading({ session, rows, zone }: SessionHeadingProps) {
  const oldest = rows.at(-1)
  if (oldest === undefined) return null
  const { pages, seconds, channel, path } = session === undefined ? shownFacts(rows) : wholeFacts(session)
  const technology = [oldest.properties.$browser, oldest.properties.$device_type].filter((each) => typeof each === 'string' && each !== '').join(', ')
  const parts = [
    `${seconds > 0 ? formatDuration(seconds) : ''}${seconds > 0 && pages > 0 ? ', ' : ''}${pages > 0 ? `${formatNumber(pages)} ${plural(pages, 'page', 'pages')}` : ''}`,
    technology,
  ].filter((part) => part !== '')
  return (
    <div>
      <Group gap="xs" wrap="wrap">
        <Text fw={500} fz="sm" title={formatDateTime(session?.startedAt ?? oldest.timestamp, zone)}>
          {session === undefined ? 'Visit' : `Visit ${formatNumber(session.visitNumber)}`}
        </Text>
        {channel !== '' && <Tag>{channel}</Tag>}
        {session?.bounced && <Tag>Bounced</Tag>}
        <Text c="dimmed" fz="sm">
          {parts.join(' · ')}
        </Text>
      </Group>
      {path !== '' && (
        <Text c="dimmed" fz="sm" truncate title={session?.landingUrl ?? undefined}>
          {path}
        </Text>
      )}
    </div>
  )
}

function Tag({ children }: { children: string }) {
  return (
    <Badge variant="outline" color="gray" c="var(--mantine-color-text)" tt="none">
      {children}
    </Badge>
  )
}

interface Facts {
  pages: number
  seconds: number
  channel: string
  path: string
}

function wholeFacts({ pages, milliseconds, channel, entryPage, exitPage }: PersonSession): Facts {
  const path = exitPage === null || exitPage === entryPage ? entryPage : `${entryPage} → ${exitPage}`
  return { pages, seconds: Math.round(milliseconds / 1000), channel: channel ?? '', path: path ?? '' }
}

function shownFacts(rows: readonly EventRow[]): Facts {
  const pages = rows.filter(({ event }) => event === '$pageview' || event === '$screen').length
  const seconds = Math.round(((rows[0]?.timestamp ?? 0) - (rows.at(-1)?.timestamp ?? 0)) / 1000)
  const channel = rows.at(-1)?.properties.$channel
  return { pages, seconds, channel: typeof channel === 'string' ? channel : '', path: '' }
}
