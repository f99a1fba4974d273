import { Group, NumberInput, Select, Text } from '@mantine/core'
import { useId } from 'react'

const monthName = (month: number) => new Intl.DateTimeFormat(navigator.languages[0], { month: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1, 1))
const twoDigits = (number: number) => String(number).padStart(2, '0')

/** A day of every year as `11-20`: its day and its month. 29 February is one. */
export function DayOfYear({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  const id = useId()
  const [month, day] = [Number(value.slice(0, 2)), Number(value.slice(3))]
  const change = (next: { month?: number; day?: number }) => {
    const chosen = next.month ?? month
    const last = new Date(Date.UTC(2024, chosen, 0)).getUTCDate()
    onChange(`${twoDigits(chosen)}-${twoDigits(Math.min(Math.max(next.day ?? day, 1), last))}`)
  }
  return (
    <Group gap={4} role="group" aria-labelledby={id} wrap="nowrap">
      <Text component="span" id={id} fz="sm" mr={4} visibleFrom={label.length > 2 ? 'xs' : undefined}>
        {label}
      </Text>
      <NumberInput
        aria-label={`${label}, day`}
        w={44}
        hideControls
        min={1}
        max={31}
        clampBehavior="strict"
        allowDecimal={false}
        value={day}
        onChange={(next) => typeof next === 'number' && change({ day: next })}
      />
      <Select
        aria-label={`${label}, month`}
        w={84}
        allowDeselect={false}
        data={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: monthName(index + 1) }))}
        value={String(month)}
        onChange={(next) => next !== null && change({ month: Number(next) })}
      />
    </Group>
  )
}
