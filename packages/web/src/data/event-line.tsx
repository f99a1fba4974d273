import type { EventRow } from '@kindred/model'
import { Collapse, Group, Text, UnstyledButton } from '@mantine/core'
import { memo, useId, useState } from 'react'
import { formatDate, formatDateTime, formatTime } from '../app/format.ts'
import { IconChevronRight } from '../app/icons.tsx'
import { TextLink } from '../app/links.tsx'
import classes from './event-line.module.css'
import { gist } from './event-words.ts'
import { useEventLabels } from './known-names.ts'
import { PropertyList } from './property-list.tsx'

interface EventLineProps {
  row: EventRow
  zone?: string
  /** Names the person too, and the day where it is not today: for lists of several people that have no heading per day. */
  withPerson?: boolean
  /** Stands under a heading of its day. */
  underDay?: boolean
}

/** One event: when, what, and the one property that says most; a click shows all its properties. */
export const EventLine = memo(function EventLine({ row, zone, withPerson, underDay }: EventLineProps) {
  const [open, setOpen] = useState(false)
  const labelOf = useEventLabels()
  const region = useId()
  return (
    <div className={classes.line}>
      <Group gap="sm" className={classes.head}>
        <UnstyledButton className={classes.toggle} aria-expanded={open} aria-controls={region} onClick={() => setOpen(!open)}>
          <IconChevronRight size={16} aria-hidden className={classes.chevron} data-open={open || undefined} />
          <Text span c="dimmed" className={classes.time} title={formatDateTime(row.timestamp, zone)}>
            {withPerson && !underDay && !isToday(row.timestamp, zone) ? formatDateTime(row.timestamp, zone) : formatTime(row.timestamp, zone)}
          </Text>
          <Text span fw={500} className={classes.name} title={row.event}>
            {labelOf(row.event)}
          </Text>
          <Text span c="dimmed" truncate className={classes.gist}>
            {gist(row.properties)}
          </Text>
        </UnstyledButton>
        {withPerson && (
          <TextLink to="/people/$personId" params={{ personId: String(row.personId) }} className={classes.person} truncate>
            {row.person}
          </TextLink>
        )}
      </Group>
      <Collapse expanded={open} id={region}>
        {open && <PropertyList row={row} zone={zone} />}
      </Collapse>
    </div>
  )
})

const isToday = (at: number, zone?: string) => formatDate(at, zone) === formatDate(Date.now(), zone)
