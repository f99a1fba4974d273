import { Checkbox } from '@mantine/core'
import classes from './builder.module.css'

/** *in each person’s time zone*: beside whatever is counted in days of the calendar. */
export const ZoneTick = ({ zone, onChange }: { zone: 'project' | 'person' | undefined; onChange: (ofPerson: boolean) => void }) => (
  <Checkbox
    size="xs"
    className={classes.tick}
    label="in each person’s time zone"
    checked={zone === 'person'}
    onChange={(event) => onChange(event.currentTarget.checked)}
  />
)
