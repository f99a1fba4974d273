import type { Page, Segment, SegmentGrowth } from '@kindred/model'
import { Stack, Text } from '@mantine/core'
import { useProjectQuery } from '../api/project.ts'
import { formatNumber } from '../app/format.ts'
import { ButtonLink, TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Card } from './card.tsx'
import { growthDays } from './growth-of.ts'
import classes from './home.module.css'
import { SegmentChange } from './segment-change.tsx'

const shown = 6

/** The segments that grew or shrank most, and who entered and left today. */
export function SegmentChanges() {
  const query = useProjectQuery<{ results: SegmentGrowth[] }>('segments/growth', { days: growthDays }, { refetchInterval: 60_000 })
  const most = mostChanged(query.data?.results ?? [])
  const kept = useProjectQuery<Page<Segment>>('segments', { ids: most.map(({ id }) => id).join() }, { enabled: most.length > 0 })
  /** As it was counted with the size that is shown: the reach of another count would stand beside people it does not belong to. */
  const reachOf = ({ id, size }: SegmentGrowth) => kept.data?.results.find((each) => each.id === id && each.count === size)?.reach ?? null
  return (
    <Card title="Segments" says={query.data && todayWords(query.data.results)} more={<TextLink to="/segments">All</TextLink>}>
      <Loaded query={query}>
        {({ results: segments }) =>
          segments.length === 0 ? (
            <Stack align="flex-start" gap="sm">
              <Text c="dimmed">A segment is a group of people described in a sentence, such as “placed at least 3 orders in the last 90 days”.</Text>
              <ButtonLink to="/segments/new" variant="light">
                Describe the first
              </ButtonLink>
            </Stack>
          ) : (
            <>
              <ul className={classes.list}>
                {most.map((segment) => (
                  <SegmentChange key={segment.id} segment={segment} reach={reachOf(segment)} />
                ))}
              </ul>
              <Text c="dimmed" fz="xs" mt="auto">
                Compared with {growthDays} days ago
              </Text>
            </>
          )
        }
      </Loaded>
    </Card>
  )
}

function todayWords(segments: readonly SegmentGrowth[]): string | undefined {
  if (segments.length === 0) return undefined
  const sum = (of: 'entered' | 'left') => segments.reduce((all, { today }) => all + today[of], 0)
  const [entered, left] = [sum('entered'), sum('left')]
  return entered + left === 0 ? 'Nobody entered or left today' : `Today ${formatNumber(entered)} entered and ${formatNumber(left)} left`
}

/** Whatever moved today first, then by how much it grew or shrank for its size; those not compared yet by their size. */
function mostChanged(segments: readonly SegmentGrowth[]): SegmentGrowth[] {
  const moved = ({ today }: SegmentGrowth) => (today.entered + today.left > 0 ? 1 : 0)
  const change = ({ size, before }: SegmentGrowth) => (size === null || before === null ? 0 : Math.abs(size - before) / Math.max(1, before))
  return [...segments].sort((a, b) => moved(b) - moved(a) || change(b) - change(a) || (b.size ?? -1) - (a.size ?? -1)).slice(0, shown)
}
