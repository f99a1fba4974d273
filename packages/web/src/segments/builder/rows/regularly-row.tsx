import { NativeSelect } from '@mantine/core'
import { DurationField } from '../../../conditions/duration-field.tsx'
import { NumberField } from '../../../conditions/number-field.tsx'
import { type PeriodsDraft, periodKind, periodUnits, withPeriodKind } from '../../tree/periods.ts'
import type { RegularlyDraft } from '../../tree/row-draft.ts'
import { CountFields } from '../count-fields.tsx'
import { EventField, onlyEvent } from '../event-field.tsx'
import { WhereRows } from '../where-rows.tsx'
import { Word } from '../word.tsx'
import { ZoneTick } from '../zone-tick.tsx'
import type { RowProps } from './row-props.ts'

/** *placed an order at least once in at least 3 of the last 4 months of the calendar* */
export function RegularlyRow({ draft, onChange, wrong }: RowProps<RegularlyDraft>) {
  const { periods } = draft
  const set = (changed: Partial<PeriodsDraft>) => onChange({ ...draft, periods: { ...periods, ...changed } })
  return (
    <>
      <EventField value={draft.regularly} onChange={(regularly) => onChange({ ...draft, regularly })} wrong={wrong} />
      <CountFields count={draft.times} label="Times in each period" onChange={(times) => onChange({ ...draft, times })} wrong={wrong} />
      <Word>in at least</Word>
      <NumberField label="At least so many periods" whole width={64} value={periods.atLeast} onChange={(atLeast) => set({ atLeast })} error={wrong} />
      <Word>of the last</Word>
      <NumberField label="Of so many periods" whole width={64} value={periods.of} onChange={(of) => set({ of })} error={wrong} />
      <Word>periods of</Word>
      <DurationField label="Length of a period" value={periods.each} units={periodUnits(periods)} onChange={(each) => set({ each })} error={wrong} />
      <NativeSelect
        aria-label="How periods are counted"
        data={[
          { value: 'rolling', label: 'counted back from now' },
          { value: 'calendar', label: 'of the calendar that are over' },
          { value: 'current', label: 'of the calendar, with the running one' },
        ]}
        value={periodKind(periods)}
        onChange={(event) => onChange({ ...draft, periods: withPeriodKind(periods, event.currentTarget.value as ReturnType<typeof periodKind>) })}
      />
      {periods.calendar && <ZoneTick zone={periods.zone} onChange={(ofPerson) => set({ zone: ofPerson ? 'person' : undefined })} />}
      <WhereRows where={draft.where} event={onlyEvent(draft.regularly)} onChange={(where) => onChange({ ...draft, where })} wrong={wrong} />
    </>
  )
}
