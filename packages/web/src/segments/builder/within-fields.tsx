import { type Period, periods, type Within } from '@kindred/model'
import { Checkbox, NativeSelect } from '@mantine/core'
import { DurationField } from '../../conditions/duration-field.tsx'
import { MomentField } from '../../conditions/moment-field.tsx'
import { lengthUnits } from '../tree/whole-days.ts'
import classes from './builder.module.css'
import { WholeDaysTicks } from './whole-days-ticks.tsx'
import { dates, hasZone, kindOfWithin, unitsFor, type WithinKind, withinKinds, withinWords, withKind, withWholeDays, withZone } from './within.ts'
import { Word } from './word.tsx'
import { ZoneTick } from './zone-tick.tsx'

interface WithinFieldsProps {
  within: Within | null
  onChange: (within: Within | null) => void
  wrong: boolean
  /** What it is the time of, where a row has several: read out with the field. */
  label?: string
  /** What no window at all is called; null where there must be one. */
  ever?: string | null
}

/** When the events count. */
export function WithinFields({ within, onChange, wrong, label = 'When', ever = withinWords.ever }: WithinFieldsProps) {
  return (
    <>
      <NativeSelect
        aria-label={label}
        data={withinKinds
          .filter((kind) => kind !== 'ever' || ever !== null)
          .map((kind) => ({ value: kind, label: kind === 'ever' ? (ever ?? '') : withinWords[kind] }))}
        value={kindOfWithin(within)}
        onChange={(event) => onChange(withKind(within, event.currentTarget.value as WithinKind))}
      />
      {within !== null && 'period' in within && (
        <NativeSelect
          aria-label="Stretch of the calendar"
          data={[...periods]}
          value={within.period}
          onChange={(event) => onChange({ ...within, period: event.currentTarget.value as Period })}
        />
      )}
      {within !== null && 'last' in within && <LastFields within={within} onChange={onChange} wrong={wrong} />}
      {within !== null && 'ago' in within && <AgoFields within={within} onChange={onChange} wrong={wrong} />}
      {within !== null && kindOfWithin(within) === 'dates' && <DateFields within={within as DateFieldsProps['within']} onChange={onChange} wrong={wrong} />}
      {within !== null && hasZone(within) && <ZoneTick zone={within.zone} onChange={(ofPerson) => onChange(withZone(within, ofPerson))} />}
    </>
  )
}

function LastFields({ within, onChange, wrong }: WithinFieldsProps & { within: Extract<Within, { last: string }> }) {
  return (
    <>
      <DurationField
        label="Length of time"
        units={unitsFor(within.wholeDays ? 'whole-days' : within.wholeMonths ? 'whole-months' : kindOfWithin(within))}
        value={within.last}
        onChange={(last) => onChange({ ...within, last })}
        error={wrong}
      />
      {within.before !== undefined && (
        <>
          <Word>before</Word>
          <MomentField
            label="Before"
            value={within.before}
            onChange={(before) => onChange({ ...within, before: before ?? '' })}
            error={wrong && within.before === ''}
          />
          <Checkbox
            size="xs"
            className={classes.tick}
            label="whole days"
            checked={within.wholeDays === true || within.wholeMonths === true}
            onChange={(event) => onChange(withWholeDays(within, event.currentTarget.checked))}
          />
        </>
      )}
    </>
  )
}

type Ago = Extract<Within, { ago: unknown }>

function AgoFields({ within, onChange, wrong }: WithinFieldsProps & { within: Ago }) {
  const { ago, ...rest } = within
  const [first, second] = ago
  const draft = { ...rest, first, second }
  const change = (changed: typeof draft) => {
    const { first: longest, second: shortest, ...counting } = changed
    onChange({ ...counting, ago: [longest, shortest] })
  }
  return (
    <>
      <DurationField label="Longest ago" value={first} units={lengthUnits(within)} onChange={(length) => change({ ...draft, first: length })} error={wrong} />
      <Word>and</Word>
      <DurationField
        label="Shortest ago"
        value={second}
        units={lengthUnits(within)}
        onChange={(length) => change({ ...draft, second: length })}
        error={wrong}
      />
      <Word>ago</Word>
      <WholeDaysTicks draft={draft} lengths={['first', 'second']} onChange={change} />
    </>
  )
}

interface DateFieldsProps {
  within: { from?: string; to?: string; zone?: 'project' | 'person' }
  onChange: (within: Within) => void
  wrong: boolean
}

function DateFields({ within: { from, to, zone }, onChange, wrong }: DateFieldsProps) {
  return (
    <>
      <MomentField label="From" value={from} onChange={(changed) => onChange(withZone(dates(changed, to), zone === 'person'))} error={wrong && !from && !to} />
      <Word>and</Word>
      <MomentField
        label="To, included"
        value={to}
        onChange={(changed) => onChange(withZone(dates(from, changed), zone === 'person'))}
        error={wrong && !from && !to}
      />
    </>
  )
}
