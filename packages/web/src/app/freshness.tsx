import type { Status } from '@kindred/model'
import { Text } from '@mantine/core'
import { ApiError } from '../api/client.ts'
import { useProject, useStatus } from '../api/project.ts'
import { formatDateTime, formatNumber, formatRelative, plural } from './format.ts'
import classes from './freshness.module.css'
import { PlainLink } from './links.tsx'

/** How fresh what the page shows is, in a few words; leads to the events as they come in. */
export function Freshness() {
  const { data: status, error } = useStatus()
  const { data: project } = useProject()
  if (error instanceof ApiError && error.status === 0) return <Words fresh={false}>Kindred cannot be reached</Words>
  // What the server refused, such as a project that is gone, the page itself says.
  if (error || !status) return null
  return (
    <PlainLink to="/data" className={classes.link} title={freshnessDetail(status, project?.timezone)}>
      <Words fresh={status.lag === 0}>{freshnessWords(status)}</Words>
    </PlainLink>
  )
}

/** `Up to date, 2 s ago`, or how many events are not in yet. */
export function freshnessWords(status: Pick<Status, 'lag' | 'exactThrough'>, now = Date.now()): string {
  if (status.lag > 0) return `${formatNumber(status.lag)} ${plural(status.lag, 'event', 'events')} on the way`
  return `Up to date, ${formatRelative(Math.min(status.exactThrough, now), now)}`
}

function freshnessDetail({ events, exactThrough, lastEventAt }: Status, zone?: string): string {
  const latest = lastEventAt === null ? '' : `, the latest of ${formatDateTime(lastEventAt, zone)}`
  return `Every answer holds all that arrived until ${formatDateTime(exactThrough, zone)}: ${formatNumber(events)} ${plural(events, 'event', 'events')}${latest}.`
}

function Words({ fresh, children }: { fresh: boolean; children: string }) {
  return (
    <Text span c="dimmed" className={classes.words}>
      <span className={classes.dot} data-state={fresh ? 'fresh' : 'behind'} aria-hidden />
      {children}
    </Text>
  )
}
