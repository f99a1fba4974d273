import type { InsightAnswer, Status, TrendsInput } from '@kindred/model'
import { SegmentedControl, Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useProject } from '../api/project.ts'
import { formatDate, formatNumber, plural } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import type { OpenedPoint } from '../people/opened-point.ts'
import { Card } from './card.tsx'
import classes from './home.module.css'
import { OpenedPeople } from './opened-people.tsx'
import { recentRange } from './recent-range.ts'
import { useInsight } from './use-insight.ts'

/** How many people were active on each of the last 30 days that hold events; each bar opens its people. */
export function Activity({ status }: { status: Status }) {
  const [measure, setMeasure] = useState<'people' | 'total'>('people')
  const { data: project } = useProject()
  const { range, words } = recentRange(status.lastEventAt, project?.timezone)
  const query: TrendsInput = { series: [{ event: { any: true }, measure }], range, interval: 'day', display: 'line' }
  const answer = useInsight(query)
  return (
    <Card
      title={measure === 'people' ? 'Active people' : 'Events'}
      says={words}
      more={
        <SegmentedControl
          size="xs"
          aria-label="Count"
          data={[
            { value: 'people', label: 'People' },
            { value: 'total', label: 'Events' },
          ]}
          value={measure}
          onChange={(value) => setMeasure(value as typeof measure)}
        />
      }
    >
      <Loaded query={answer}>{(data) => <Bars answer={data} query={query} measure={measure} />}</Loaded>
      <TextLink to="/insights/new" search={{ series: query.series, from: range.from, to: range.to }} mt="auto">
        Open as an insight
      </TextLink>
    </Card>
  )
}

interface BarsProps {
  answer: InsightAnswer
  query: TrendsInput
  measure: 'people' | 'total'
}

function Bars({ answer, query, measure }: BarsProps) {
  const [opened, setOpened] = useState<OpenedPoint | null>(null)
  const [pointed, setPointed] = useState<string | null>(null)
  const numbers = answer.rows[0]?.data ?? []
  const largest = Math.max(0, ...numbers)
  const words = (count: number) => `${formatNumber(count)} ${measure === 'people' ? plural(count, 'person', 'people') : plural(count, 'event', 'events')}`
  const dayOf = (start: number | undefined) => (start === undefined ? '' : formatDate(start, answer.timezone))
  return (
    <div className={classes.chart}>
      <ol className={classes.bars} aria-label="By day" onPointerLeave={() => setPointed(null)}>
        {answer.buckets.map(({ start }, place) => {
          const count = numbers[place] ?? 0
          const label = `${dayOf(start)}: ${words(count)}`
          return (
            <li key={start} className={classes.day}>
              <UnstyledButton
                className={classes.bar}
                aria-label={label}
                onPointerEnter={() => setPointed(label)}
                onFocus={() => setPointed(label)}
                onBlur={() => setPointed(null)}
                onClick={() => setOpened({ point: { index: 0, bucket: start }, title: `Active on ${dayOf(start)}` })}
              >
                <span className={classes.fill} style={{ height: `${(100 * count) / Math.max(1, largest)}%` }} />
              </UnstyledButton>
            </li>
          )
        })}
      </ol>
      <Text c="dimmed" fz="xs" className={classes.axis} component="div">
        <span>{dayOf(answer.buckets[0]?.start)}</span>
        <span className={pointed === null ? undefined : classes.pointed}>{pointed ?? `at most ${words(largest)} a day`}</span>
        <span>{dayOf(answer.buckets.at(-1)?.start)}</span>
      </Text>
      <OpenedPeople query={query} asOf={answer} opened={opened} onClose={() => setOpened(null)} />
    </div>
  )
}
