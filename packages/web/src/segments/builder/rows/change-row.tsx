import { DurationField } from '../../../conditions/duration-field.tsx'
import type { ObservedDraft, RestartedDraft, StartedDraft, StoppedDraft } from '../../tree/row-draft.ts'
import { lengthUnits } from '../../tree/whole-days.ts'
import { EventField, onlyEvent } from '../event-field.tsx'
import { WhereRows } from '../where-rows.tsx'
import { WholeDaysTicks } from '../whole-days-ticks.tsx'
import { WithinFields } from '../within-fields.tsx'
import { Word } from '../word.tsx'
import type { RowProps } from './row-props.ts'

/** *who started: placed an order in the last 30 days, and never before* */
export function StartedRow({ draft, onChange, wrong }: RowProps<StartedDraft>) {
  return (
    <>
      <EventField value={draft.started} onChange={(started) => onChange({ ...draft, started })} wrong={wrong} />
      <WithinFields within={draft.within} ever={null} onChange={(within) => within !== null && onChange({ ...draft, within })} wrong={wrong} />
      <Word>and never before</Word>
      <WhereRows where={draft.where} event={onlyEvent(draft.started)} onChange={(where) => onChange({ ...draft, where })} wrong={wrong} />
    </>
  )
}

/** *who stopped: placed an order between 90 days and 30 days ago, and not since* */
export function StoppedRow({ draft, onChange, wrong }: RowProps<StoppedDraft>) {
  return (
    <>
      <EventField value={draft.stopped} onChange={(stopped) => onChange({ ...draft, stopped })} wrong={wrong} />
      <Word>between</Word>
      <DurationField
        label="Did it at the longest ago"
        value={draft.active}
        units={lengthUnits(draft)}
        onChange={(active) => onChange({ ...draft, active })}
        error={wrong}
      />
      <Word>and</Word>
      <DurationField label="Quiet for" value={draft.quiet} units={lengthUnits(draft)} onChange={(quiet) => onChange({ ...draft, quiet })} error={wrong} />
      <Word>ago, and not since</Word>
      <WholeDaysTicks draft={draft} lengths={['active', 'quiet']} onChange={onChange} />
      <WhereRows where={draft.where} event={onlyEvent(draft.stopped)} onChange={(where) => onChange({ ...draft, where })} wrong={wrong} />
    </>
  )
}

/** *who came back: placed an order in the last 7 days, after not for 90 days* */
export function RestartedRow({ draft, onChange, wrong }: RowProps<RestartedDraft>) {
  return (
    <>
      <EventField value={draft.restarted} onChange={(restarted) => onChange({ ...draft, restarted })} wrong={wrong} />
      <Word>in the last</Word>
      <DurationField label="Back within" value={draft.back} units={lengthUnits(draft)} onChange={(back) => onChange({ ...draft, back })} error={wrong} />
      <Word>and earlier, but not from</Word>
      <DurationField label="Quiet since" value={draft.quiet} units={lengthUnits(draft)} onChange={(quiet) => onChange({ ...draft, quiet })} error={wrong} />
      <Word>ago until then</Word>
      <WholeDaysTicks draft={draft} lengths={['quiet', 'back']} onChange={onChange} />
      <WhereRows where={draft.where} event={onlyEvent(draft.restarted)} onChange={(where) => onChange({ ...draft, where })} wrong={wrong} />
    </>
  )
}

/** *first seen at least 90 days ago* */
export function ObservedRow({ draft, onChange, wrong }: RowProps<ObservedDraft>) {
  return (
    <>
      <Word>at least</Word>
      <DurationField label="First seen" value={draft.observed} onChange={(observed) => onChange({ ...draft, observed })} error={wrong} />
      <Word>ago</Word>
    </>
  )
}
