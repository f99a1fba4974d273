import type { EventRow, Page, PersonSession } from '@kindred/model'
import { Text } from '@mantine/core'
import { useProjectQuery } from '../api/project.ts'
import { EventLine } from '../data/event-line.tsx'
import { SessionHeading } from './session-heading.tsx'
import { bySession } from './session-runs.ts'
import classes from './timeline-day.module.css'

interface TimelineDayProps {
  day: string
  rows: EventRow[]
  zone: string | undefined
  withPerson: boolean
  /** By their ids. */
  sessions: ReadonlyMap<string, PersonSession>
}

/** The events of a day, each visit under a heading that says what it was. */
export function TimelineDay({ day, rows, zone, withPerson, sessions }: TimelineDayProps) {
  return (
    <div>
      <Text fw={600} mb={4}>
        {day}
      </Text>
      {bySession(rows).map(({ session, rows: together }) => (
        <div key={together[0]?.uuid} className={session === '' ? undefined : classes.visit}>
          {session !== '' && <SessionHeading session={sessions.get(session)} rows={together} zone={zone} />}
          {together.map((row) => (
            <EventLine key={row.uuid} row={row} zone={zone} withPerson={withPerson} underDay />
          ))}
        </div>
      ))}
    </div>
  )
}

const noSessions: ReadonlyMap<string, PersonSession> = new Map()

/** The sessions that the events shown lie in; none without `path`. */
export function useSessionsOf(events: readonly EventRow[], path: string | undefined): ReadonlyMap<string, PersonSession> {
  const [newest, oldest] = [events[0], events.at(-1)]
  const { data } = useProjectQuery<Page<PersonSession>>(
    path ?? '',
    { from: oldest?.timestamp, to: newest?.timestamp, limit: 500 },
    { enabled: path !== undefined && newest !== undefined },
  )
  if (path === undefined || data === undefined) return noSessions
  return new Map(data.results.map((session) => [session.id, session]))
}
