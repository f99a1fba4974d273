import type { Interval, Range } from '@kindred/model'
import { Button, Divider, Group, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { IconCalendar } from '../../app/icons.tsx'
import { intervalBetween, presetOf, rangePresets, rangeWords } from '../question/ranges.ts'
import classes from './builder.module.css'

interface RangePickerProps {
  range: Range
  date: (day: string) => string
  onChange: (range: Range, interval: Interval) => void
}

/** The ranges people use, and two dates of one's own. A range brings the interval that suits it. */
export function RangePicker({ range, date, onChange }: RangePickerProps) {
  const [open, setOpen] = useState(false)
  const current = presetOf(range)
  const choose = (chosen: Range, interval: Interval) => {
    setOpen(false)
    onChange(chosen, interval)
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="sm" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconCalendar size={16} aria-hidden />} onClick={() => setOpen(!open)}>
          {rangeWords(range, date)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Time range" p="xs">
        <Stack gap={0}>
          {rangePresets.map((preset) => (
            <UnstyledButton key={preset.id} className={classes.option} aria-pressed={preset === current} onClick={() => choose(preset.range, preset.interval)}>
              {preset.words}
            </UnstyledButton>
          ))}
        </Stack>
        <Divider my="xs" />
        <CustomDates range={range} onChoose={choose} />
      </Popover.Dropdown>
    </Popover>
  )
}

const dayOf = (text: string | undefined): string => (text !== undefined && /^\d{4}-\d{2}-\d{2}/.test(text) ? text.slice(0, 10) : '')

function CustomDates({ range, onChoose }: { range: Range; onChoose: (range: Range, interval: Interval) => void }) {
  const [from, setFrom] = useState(dayOf(range.from))
  const [to, setTo] = useState(dayOf(range.to))
  const backwards = from !== '' && to !== '' && from > to
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onChoose({ from, ...(to === '' ? {} : { to }) }, intervalBetween(new Date(from), to === '' ? new Date() : new Date(to)))
      }}
    >
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput type="date" label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput
          type="date"
          label="To, included"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          error={backwards ? 'Before the start' : undefined}
        />
        <Button type="submit" disabled={from === '' || backwards}>
          Apply
        </Button>
      </Group>
    </form>
  )
}
