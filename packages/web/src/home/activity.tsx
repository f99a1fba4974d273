import type { InsightAnswer, Status, TrendsInput } from '@kindred/model'
import { SegmentedControl, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useProject } from '../api/project.ts'
import { formatDate, formatNumber, plural } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { type OpenedPoint, PeopleBehind } from '../people/people-behind.tsx'
import { Card } from './card.tsx'
import classes from './home.module.css'
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
  const numbers = answer.rows[0]?.data ?? []
  const largest = Math.max(1, ...numbers)
  const words = (count: number) => `${formatNumber(count)} ${measure === 'people' ? plural(count, 'person', 'people') : plural(count, 'event', 'events')}`
  return (
    <div>
      <fieldset className={classes.bars} aria-label="By day" style={{ border: 0, margin: 0, padding: 0 }}>
        {answer.buckets.map(({ start }, day) => {
          const count = numbers[day] ?? 0
          const label = `${formatDate(start, answer.timezone)}: ${words(count)}`
          return (
            <Tooltip key={start} label={label} openDelay={0}>
              <UnstyledButton
                className={classes.bar}
                aria-label={label}
                onClick={() => setOpened({ point: { index: 0, bucket: start }, title: `Active on ${formatDate(start, answer.timezone)}` })}
              >
                <span className={classes.fill} style={{ height: `${(100 * count) / largest}%` }} />
              </UnstyledButton>
            </Tooltip>
          )
        })}
      </fieldset>
      <Text c="dimmed" fz="xs" mt={4} style={{ display: 'flex', justifyContent: 'space-between' }} component="div">
        <span>{answer.buckets[0] && formatDate(answer.buckets[0].start, answer.timezone)}</span>
        <span>at most {words(Math.max(0, ...numbers))} a day</span>
        <span>{answer.buckets.at(-1) && formatDate(answer.buckets.at(-1)?.start ?? 0, answer.timezone)}</span>
      </Text>
      <PeopleBehind query={query} watermark={answer.watermark} opened={opened} onClose={() => setOpened(null)} />
    </div>
  )
}
