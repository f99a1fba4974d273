import { type Period, periods, type Within } from '@kindred/model'
import { NativeSelect, Text } from '@mantine/core'
import { DurationField } from '../../conditions/duration-field.tsx'
import { MomentField } from '../../conditions/moment-field.tsx'
import { dates, kindOfWithin, unitsFor, type WithinKind, withinKinds, withinWords, withKind } from './within.ts'

interface WithinFieldsProps {
  within: Within | null
  onChange: (within: Within | null) => void
  wrong: boolean
}

/** When the events count. */
export function WithinFields({ within, onChange, wrong }: WithinFieldsProps) {
  return (
    <>
      <NativeSelect
        aria-label="When"
        data={withinKinds.map((kind) => ({ value: kind, label: withinWords[kind] }))}
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
      {within !== null && kindOfWithin(within) === 'dates' && (
        <DateFields within={within as { from?: string; to?: string }} onChange={onChange} wrong={wrong} />
      )}
    </>
  )
}

function LastFields({ within, onChange, wrong }: WithinFieldsProps & { within: Extract<Within, { last: string }> }) {
  return (
    <>
      <DurationField
        label="Length of time"
        units={unitsFor(kindOfWithin(within))}
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
        </>
      )}
    </>
  )
}

interface DateFieldsProps {
  within: { from?: string; to?: string }
  onChange: (within: Within) => void
  wrong: boolean
}

function DateFields({ within: { from, to }, onChange, wrong }: DateFieldsProps) {
  return (
    <>
      <MomentField label="From" value={from} onChange={(changed) => onChange(dates(changed, to))} error={wrong && !from && !to} />
      <Word>and</Word>
      <MomentField label="To, included" value={to} onChange={(changed) => onChange(dates(from, changed))} error={wrong && !from && !to} />
    </>
  )
}

const Word = ({ children }: { children: string }) => (
  <Text span c="dimmed" py={8}>
    {children}
  </Text>
)
