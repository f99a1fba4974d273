import { readMeasure, withMeasure } from '../../tree/measure.ts'
import type { DidDraft, RowDraft } from '../../tree/row-draft.ts'
import { DuringFields } from '../during-fields.tsx'
import { EventField, onlyEvent } from '../event-field.tsx'
import { MeasureFields } from '../measure-fields.tsx'
import { WhereRows } from '../where-rows.tsx'
import { WithinFields } from '../within-fields.tsx'
import type { RowProps } from './row-props.ts'

/** *placed an order at least 3 times in the last 30 days, where category is shoes* */
export function DidRow({ draft, onChange, wrong }: RowProps<DidDraft>) {
  const set = (part: Partial<DidDraft>) => onChange({ ...draft, ...part } as RowDraft)
  return (
    <>
      <EventField value={draft.did} onChange={(did) => set({ did })} wrong={wrong} />
      {draft.did !== null && (
        <>
          <MeasureFields measure={readMeasure(draft)} onChange={(measure) => onChange(withMeasure(draft, measure))} wrong={wrong} />
          <WithinFields within={draft.within ?? null} onChange={(within) => set({ within: within ?? undefined })} wrong={wrong} />
          <WhereRows where={draft.where} event={onlyEvent(draft.did)} onChange={(where) => set({ where })} wrong={wrong} />
          <DuringFields during={draft.during} onChange={(during) => set({ during })} wrong={wrong} />
        </>
      )}
    </>
  )
}
