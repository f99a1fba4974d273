import type { Interval, NumberFormat } from '@kindred/model'
import { ActionIcon, Group, NativeSelect, Popover, Stack, Switch } from '@mantine/core'
import { IconAdjustmentsHorizontal } from '../../app/icons.tsx'
import { setDisplay } from '../question/edit.ts'
import type { Question } from '../question/question.ts'
import { DisplayChoice } from './display-choice.tsx'
import { RangePicker } from './range-picker.tsx'

interface ToolbarProps {
  question: Question
  date: (day: string) => string
  onChange: (question: Question) => void
}

const intervalChoices: { value: Interval; label: string }[] = [
  { value: 'hour', label: 'by hour' },
  { value: 'day', label: 'by day' },
  { value: 'week', label: 'by week' },
  { value: 'month', label: 'by month' },
]
const compareChoices = [
  { value: '', label: 'not compared' },
  { value: 'previous', label: 'against the period before' },
  { value: '-1w', label: 'against a week before' },
  { value: '-1m', label: 'against a month before' },
  { value: '-1y', label: 'against a year before' },
]
const formatChoices: { value: NumberFormat | ''; label: string }[] = [
  { value: '', label: 'by what is measured' },
  { value: 'number', label: 'as numbers' },
  { value: 'percent', label: 'as percent' },
  { value: 'money', label: 'as money' },
]

/** When, how often, against what, and how it is drawn. */
export function Toolbar({ question, date, onChange }: ToolbarProps) {
  const overTime = question.display === 'line' || question.display === 'bar'
  const compare = question.compare?.to ?? ''
  const known = compareChoices.some((choice) => choice.value === compare)
  return (
    <Group gap="xs">
      <RangePicker range={question.range} date={date} onChange={(range, interval) => onChange({ ...question, range, interval })} />
      {overTime && (
        <NativeSelect
          aria-label="Interval"
          data={intervalChoices}
          value={question.interval}
          onChange={(event) => onChange({ ...question, interval: event.currentTarget.value as Interval })}
        />
      )}
      <NativeSelect
        aria-label="Compare"
        // As wide as what is chosen: the widest choice is twice as long as none.
        maw={compare === '' ? 144 : undefined}
        data={known ? compareChoices : [...compareChoices, { value: compare, label: `shifted by ${compare.slice(1)}` }]}
        value={compare}
        onChange={(event) => onChange({ ...question, compare: event.currentTarget.value === '' ? undefined : { to: event.currentTarget.value } })}
      />
      <MoreOptions question={question} overTime={overTime} onChange={onChange} />
      <DisplayChoice display={question.display} onChange={(display) => onChange(setDisplay(question, display))} />
    </Group>
  )
}

function MoreOptions({ question, overTime, onChange }: Omit<ToolbarProps, 'date'> & { overTime: boolean }) {
  return (
    <Popover position="bottom-start" shadow="sm" trapFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={36} aria-label="More about the numbers">
          <IconAdjustmentsHorizontal size={18} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="More about the numbers">
        <Stack gap="sm">
          <NativeSelect
            label="Write the numbers"
            data={formatChoices}
            value={question.format ?? ''}
            onChange={(event) => onChange({ ...question, format: formatOf(event.currentTarget.value) })}
          />
          {overTime && (
            <Switch
              label="Running total"
              checked={question.cumulative}
              onChange={(event) => onChange({ ...question, cumulative: event.currentTarget.checked })}
            />
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

const formatOf = (value: string): NumberFormat | undefined => (value === 'number' || value === 'percent' || value === 'money' ? value : undefined)
