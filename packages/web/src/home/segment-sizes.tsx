import type { Segment } from '@kindred/model'
import { Group, Stack, Text } from '@mantine/core'
import { useProjectList } from '../api/project.ts'
import { formatNumber, formatPercent } from '../app/format.ts'
import { ButtonLink, PlainLink, TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Card } from './card.tsx'
import classes from './home.module.css'

/** The segments with their sizes, largest first. */
export function SegmentSizes({ everyone }: { everyone: number }) {
  const query = useProjectList<Segment>('segments')
  return (
    <Card title="Segments" more={<TextLink to="/segments">All</TextLink>}>
      <Loaded query={query}>
        {(segments) =>
          segments.length === 0 ? (
            <Stack align="flex-start" gap="sm">
              <Text c="dimmed">A segment is a group of people described in a sentence, such as “placed at least 3 orders in the last 90 days”.</Text>
              <ButtonLink to="/segments/new" variant="light">
                Describe the first
              </ButtonLink>
            </Stack>
          ) : (
            <ul className={classes.list}>
              {largest(segments).map((segment) => (
                <li key={segment.id}>
                  <PlainLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }} className={classes.row}>
                    <Text span truncate>
                      {segment.name}
                    </Text>
                    <Group gap="xs" wrap="nowrap">
                      <Text span fw={500}>
                        {segment.count === null ? 'not counted yet' : formatNumber(segment.count)}
                      </Text>
                      {segment.count !== null && segment.unit === 'person' && everyone > 0 && (
                        <Text span c="dimmed" fz="xs">
                          {formatPercent(segment.count / everyone)}
                        </Text>
                      )}
                    </Group>
                  </PlainLink>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Card>
  )
}

const largest = (segments: Segment[]) => [...segments].sort((a, b) => (b.count ?? -1) - (a.count ?? -1)).slice(0, 6)
