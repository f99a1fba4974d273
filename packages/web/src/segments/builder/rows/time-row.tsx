import type { TimeDraft } from '../../tree/row-draft.ts'
import { DuringFields } from '../during-fields.tsx'
import type { RowProps } from './row-props.ts'

/** *only while today is in the season Winter*: of everyone or of nobody, unless by the clock where each person lives. */
export function TimeRow({ draft, onChange, wrong }: RowProps<TimeDraft>) {
  return <DuringFields needed during={draft.time} onChange={(time) => time !== undefined && onChange({ ...draft, time })} wrong={wrong} />
}
