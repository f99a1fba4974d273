import { type Period, periods, type Within } from '@kindred/model'
import { Checkbox, NativeSelect } from '@mantine/core'
import { DurationField } from '../../conditions/duration-field.tsx'
import { MomentField } from '../../conditions/moment-field.tsx'
import classes from './builder.module.css'
import { dates, hasZone, kindOfWithin, unitsFor, type WithinKind, withinKinds, withinWords, withKind, withWholeDays, withZone } from './within.ts'
import { Word } from './word.tsx'

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
      {within !== null && 'ago' in within && (
        <>
          <DurationField label="Longest ago" value={within.ago[0]} onChange={(first) => onChange({ ago: [first, within.ago[1]] })} error={wrong} />
          <Word>and</Word>
          <DurationField label="Shortest ago" value={within.ago[1]} onChange={(second) => onChange({ ago: [within.ago[0], second] })} error={wrong} />
          <Word>ago</Word>
        </>
      )}
      {within !== null && kindOfWithin(within) === 'dates' && <DateFields within={within as DateFieldsProps['within']} onChange={onChange} wrong={wrong} />}
      {within !== null && hasZone(within) && (
        <Checkbox
          size="xs"
          className={classes.tick}
          label="in each person’s time zone"
          checked={within.zone === 'person'}
          onChange={(event) => onChange(withZone(within, event.currentTarget.checked))}
        />
      )}
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
