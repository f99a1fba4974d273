import { Checkbox } from '@mantine/core'
import type { DayCounting } from '../tree/row-draft.ts'
import { withWholeDays, withZone } from '../tree/whole-days.ts'
import classes from './builder.module.css'
import { ZoneTick } from './zone-tick.tsx'

interface WholeDaysTicksProps<Draft> {
  draft: Draft
  /** The parts of the draft that are lengths of time. */
  lengths: readonly (keyof Draft)[]
  onChange: (draft: Draft) => void
}

/** *whole days, in each person’s time zone*: lengths that follow the calendar instead of the clock. */
export const WholeDaysTicks = <Draft extends DayCounting>({ draft, lengths, onChange }: WholeDaysTicksProps<Draft>) => (
  <>
    <Checkbox
      size="xs"
      className={classes.tick}
      label="whole days"
      checked={draft.wholeDays === true}
      onChange={(event) => onChange(withWholeDays(draft, event.currentTarget.checked, lengths))}
    />
    {draft.wholeDays && <ZoneTick zone={draft.zone} onChange={(ofPerson) => onChange(withZone(draft, ofPerson))} />}
  </>
)
