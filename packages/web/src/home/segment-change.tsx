import type { KeptReach, SegmentGrowth } from '@kindred/model'
import { Group, Text } from '@mantine/core'
import { formatNumber, formatPercent, plural } from '../app/format.ts'
import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '../app/icons.tsx'
import { PlainLink } from '../app/links.tsx'
import { ReachWords } from '../segments/reach-words.tsx'
import { type Growth, growthDays, useGrowth } from './growth-of.ts'
import classes from './home.module.css'

/** One segment: its size and how many of it can be written to, by how much it changed, and who came and went today; opens the segment, or the changes one by one. */
export function SegmentChange({ segment, reach }: { segment: SegmentGrowth; reach: KeptReach | null }) {
  const { id, name, size, today } = segment
  const growth = useGrowth(segment)
  const moves = today.entered + today.left > 0
  return (
    <li>
      <PlainLink to="/segments/$segmentId" params={{ segmentId: String(id) }} search={moves ? { tab: 'history' } : {}} className={classes.row}>
        <span className={classes.two}>
          <Text span truncate display="block">
            {name}
          </Text>
          {reach !== null && <ReachWords reach={reach} display="block" />}
          {moves && (
            <Text span c="dimmed" fz="xs" display="block">
              today {formatNumber(today.entered)} entered, {formatNumber(today.left)} left
            </Text>
          )}
        </span>
        <Group gap="xs" wrap="nowrap" className={classes.when}>
          <Text span fw={500}>
            {size === null ? 'not counted yet' : formatNumber(size)}
          </Text>
          {growth !== null && <ChangeWords growth={growth} unit={segment.unit} />}
          {segment.newRule && (
            <Text span c="dimmed" fz="xs">
              new rule
            </Text>
          )}
        </Group>
      </PlainLink>
    </li>
  )
}

function ChangeWords({ growth: { by, share, recorded }, unit }: { growth: Growth; unit: SegmentGrowth['unit'] }) {
  const Arrow = by === 0 ? IconArrowRight : by > 0 ? IconArrowUpRight : IconArrowDownRight
  const whom = unit === 'account' ? plural(Math.abs(by), 'account', 'accounts') : plural(Math.abs(by), 'person', 'people')
  const words =
    by === 0 ? `as many as ${growthDays} days ago` : `${formatNumber(Math.abs(by))} ${whom} ${by > 0 ? 'more' : 'fewer'} than ${growthDays} days ago`
  return (
    <span className={classes.change} title={`${words}${recorded ? '' : ', by the rule of today'}`}>
      <Arrow size={14} stroke={1.8} aria-hidden />
      <span aria-hidden>{by === 0 ? '0' : share === null ? formatNumber(Math.abs(by)) : formatPercent(Math.abs(share))}</span>
      <span className="kindred-hidden">{words}</span>
    </span>
  )
}
