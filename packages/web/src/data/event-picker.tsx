import type { EventChoice, EventRole } from '@kindred/model'
import { useProject } from '../api/project.ts'
import { byCount, useEvents } from './known-names.ts'
import { Picker, type PickerGroup } from './picker.tsx'
import { eventRoleWords } from './role-words.ts'

interface EventPickerProps {
  label?: string
  withLabel?: boolean
  placeholder?: string
  value: EventChoice | null
  onChange: (choice: EventChoice) => void
  /** Offers what events mean ("Placed an order") before the events themselves. */
  withRoles?: boolean
  /** Offers "Any event". */
  withAny?: boolean
  error?: string | null
  disabled?: boolean
}

const anyKey = 'any:'

/** Chooses an event among the real ones, most used first; a name not seen yet can be typed. */
export function EventPicker({ label = 'Event', value, onChange, withRoles = true, withAny = true, ...rest }: EventPickerProps) {
  const { data, isPending } = useEvents()
  const { data: project } = useProject()
  const events = byCount(data ?? [])
  const counts = new Map(events.map(({ name, count }) => [name, count]))
  const meaning = (Object.keys(eventRoleWords) as EventRole[])
    .filter((role) => project?.roles.events[role]?.length)
    .map((role) => ({
      value: `role:${role}`,
      label: eventRoleWords[role].label,
      name: role,
      count: project?.roles.events[role]?.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0) ?? 0,
    }))
  const groups: PickerGroup[] = [
    { label: 'What people did', options: withRoles ? byCount(meaning) : [] },
    { label: 'Events', options: events.map((event) => ({ value: `name:${event.name}`, label: event.label, name: event.name, count: event.count })) },
    { label: 'All', options: withAny ? [{ value: anyKey, label: 'Any event' }] : [] },
  ]
  return (
    <Picker
      {...rest}
      label={label}
      groups={groups.filter(({ options }) => options.length > 0)}
      loading={isPending}
      value={value && keyOf(value)}
      valueLabel={value && eventChoiceLabel(value)}
      onChange={(key) => onChange(choiceOf(key))}
      onFreeText={(name) => onChange(name)}
    />
  )
}

function keyOf(choice: EventChoice): string {
  if (typeof choice === 'string') return `name:${choice}`
  if ('role' in choice) return `role:${choice.role}`
  return 'any' in choice ? anyKey : `anyOf:${choice.anyOf.join(', ')}`
}

function choiceOf(key: string): EventChoice {
  if (key === anyKey) return { any: true }
  const rest = key.slice(key.indexOf(':') + 1)
  return key.startsWith('role:') ? { role: rest as EventRole } : rest
}

/** An event as a reader names it, without asking the server for its label. */
function eventChoiceLabel(choice: EventChoice): string {
  if (typeof choice === 'string') return choice
  if ('role' in choice) return eventRoleWords[choice.role].label
  return 'any' in choice ? 'Any event' : choice.anyOf.join(' or ')
}
