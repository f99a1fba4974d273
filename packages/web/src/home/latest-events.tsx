import type { LiveEvents } from '@kindred/model'
import { Text } from '@mantine/core'
import { useProjectQuery } from '../api/project.ts'
import { formatRelative } from '../app/format.ts'
import { PlainLink, TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { useEventLabels } from '../data/known-names.ts'
import { Card } from './card.tsx'
import classes from './home.module.css'

/** Who did what just now; each line opens the person. */
export function LatestEvents() {
  const query = useProjectQuery<LiveEvents>('data/live', { limit: 6 }, { refetchInterval: 5000, staleTime: 0 })
  const labelOf = useEventLabels()
  return (
    <Card title="Just now" says="The latest events" more={<TextLink to="/data">All</TextLink>}>
      <Loaded query={query}>
        {({ results: events }) => (
          <ol className={classes.list}>
            {events.map((row) => (
              <li key={row.uuid}>
                <PlainLink to="/people/$personId" params={{ personId: String(row.personId) }} className={classes.row}>
                  <Text span truncate>
                    <b className={classes.name}>{labelOf(row.event)}</b>{' '}
                    <Text span c="dimmed">
                      {row.person}
                    </Text>
                  </Text>
                  <Text span c="dimmed" fz="xs" className={classes.when}>
                    {formatRelative(row.timestamp)}
                  </Text>
                </PlainLink>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Card>
  )
}
