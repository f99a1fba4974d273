import type { EventChoice } from '@kindred/model'
import { ActionIcon, Box, Button } from '@mantine/core'
import { IconX } from '../../app/icons.tsx'
import { EventPicker } from '../../data/event-picker.tsx'
import classes from './builder.module.css'
import { Word } from './word.tsx'

interface EventFieldProps {
  label?: string
  value: EventChoice | null
  onChange: (value: EventChoice) => void
  wrong: boolean
}

/** What somebody did: an event, what events mean, any event, or any of several. */
export function EventField({ label = 'Choose what they did', value, onChange, wrong }: EventFieldProps) {
  const several = typeof value === 'object' && value !== null && 'anyOf' in value ? value.anyOf : null
  if (several !== null) return <SeveralEvents label={label} names={several} onChange={onChange} wrong={wrong} />
  return (
    <>
      <Box className={classes.event}>
        <EventPicker label={label} placeholder={label} value={value} onChange={onChange} error={wrong && value === null ? ' ' : null} />
      </Box>
      {typeof value === 'string' && (
        <Button variant="subtle" size="compact-sm" my={6} onClick={() => onChange({ anyOf: [value, ''] })} aria-label="Or another event">
          or…
        </Button>
      )}
    </>
  )
}

function SeveralEvents({ label, names, onChange, wrong }: { label: string; names: string[]; onChange: (value: EventChoice) => void; wrong: boolean }) {
  const without = (place: number) => {
    const rest = names.filter((_, index) => index !== place)
    onChange(rest.length === 1 ? (rest[0] ?? '') : { anyOf: rest })
  }
  return (
    <>
      {names.map((name, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event has no identity but its place
        <div key={place} className={classes.several}>
          {place > 0 && <Word>or</Word>}
          <Box className={classes.event}>
            <EventPicker
              label={label}
              placeholder={label}
              withRoles={false}
              withAny={false}
              value={name === '' ? null : name}
              onChange={(chosen) => onChange({ anyOf: names.map((each, index) => (index === place && typeof chosen === 'string' ? chosen : each)) })}
              error={wrong && name === '' ? ' ' : null}
            />
          </Box>
          {names.length > 1 && (
            <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Remove this event" onClick={() => without(place)}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      <Button variant="subtle" size="compact-sm" my={6} onClick={() => onChange({ anyOf: [...names, ''] })} aria-label="Or another event">
        or…
      </Button>
    </>
  )
}

/** The one event a choice names, for counts of its own values. */
export const onlyEvent = (choice: EventChoice | null): string | undefined => (typeof choice === 'string' ? choice : undefined)
