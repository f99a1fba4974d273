import type { EventChoice } from '@kindred/model'
import type { EventsPart, FirstLastDraft } from '../../tree/row-draft.ts'
import { DuringFields } from '../during-fields.tsx'
import { EventField, onlyEvent } from '../event-field.tsx'
import { WhereRows } from '../where-rows.tsx'
import { WithinFields } from '../within-fields.tsx'
import type { RowProps } from './row-props.ts'

/** *whose first order was in the calendar's last month, where category is shoes*: about that one event, not about all of them. */
export function FirstLastRow({ draft, onChange, wrong }: RowProps<FirstLastDraft>) {
  const event = draft.kind === 'first' ? draft.first : draft.last
  const choose = (choice: EventChoice) => onChange(draft.kind === 'first' ? { ...draft, first: choice } : { ...draft, last: choice })
  const set = (part: Partial<EventsPart>) => onChange({ ...draft, ...part })
  return (
    <>
      <EventField value={event} onChange={choose} wrong={wrong} />
      {event !== null && (
        <>
          <WithinFields within={draft.within ?? null} onChange={(within) => set({ within: within ?? undefined })} wrong={wrong} />
          <WhereRows where={draft.where} event={onlyEvent(event)} onChange={(where) => set({ where })} wrong={wrong} />
          <DuringFields during={draft.during} onChange={(during) => set({ during })} wrong={wrong} />
        </>
      )}
    </>
  )
}
