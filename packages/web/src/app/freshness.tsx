import type { Status } from '@kindred/model'
import { Popover, Stack, Text, UnstyledButton } from '@mantine/core'
import { useProject, useStatus } from '../api/project.ts'
import { formatDateTime, formatNumber, formatRelative, plural } from './format.ts'
import classes from './freshness.module.css'
import { TextLink } from './links.tsx'

/** How fresh what the page shows is: a dot and words; a click tells more. */
export function Freshness() {
  const { data: status, error } = useStatus()
  const { data: project } = useProject()
  if (error) return <Dot state="behind">Kindred cannot be reached</Dot>
  if (!status) return null
  return (
    <Popover width={280} position="bottom-end" withArrow shadow="sm">
      <Popover.Target>
        <UnstyledButton className={classes.button} aria-label={`Freshness: ${freshnessWords(status)}. Tell more`}>
          <Dot state={status.lag > 0 ? 'behind' : 'fresh'}>{freshnessWords(status)}</Dot>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={4}>
          <Text>Every answer holds all that arrived until {formatDateTime(status.exactThrough, project?.timezone)}.</Text>
          <Text c="dimmed">
            {formatNumber(status.events)} {plural(status.events, 'event', 'events')}
            {status.lastEventAt !== null && `, the latest ${formatRelative(status.lastEventAt)}`}.{' '}
            {status.lag > 0 && `${formatNumber(status.lag)} more are on their way in.`}
          </Text>
          {status.problems.length > 0 && (
            <TextLink to="/data/problems">
              {status.problems.length} {plural(status.problems.length, 'problem', 'problems')} to look at
            </TextLink>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

/** `Up to date, 2 s ago`, or how many events are not in yet. */
export function freshnessWords(status: Pick<Status, 'lag' | 'exactThrough'>, now = Date.now()): string {
  if (status.lag > 0) return `${formatNumber(status.lag)} ${plural(status.lag, 'event', 'events')} on the way`
  return `Up to date, ${formatRelative(Math.min(status.exactThrough, now), now)}`
}

function Dot({ state, children }: { state: 'fresh' | 'behind'; children: string }) {
  return (
    <Text span c="dimmed" className={classes.words}>
      <span className={classes.dot} data-state={state} aria-hidden />
      {children}
    </Text>
  )
}
