import { Group, NativeSelect } from '@mantine/core'
import { type DurationUnit, durationUnits, readDuration, writeDuration } from './duration.ts'
import { NumberField } from './number-field.tsx'

interface DurationFieldProps {
  label: string
  value: unknown
  units?: readonly DurationUnit[]
  onChange: (value: string) => void
  error?: boolean
}

/** A length of time such as `30 days`. */
export function DurationField({ label, value, units = durationUnits, onChange, error }: DurationFieldProps) {
  const duration = readDuration(value)
  return (
    <Group gap={4} wrap="nowrap">
      <NumberField
        label={label}
        whole
        width={72}
        value={duration.amount}
        onChange={(amount) => onChange(writeDuration({ ...duration, amount }))}
        error={error && duration.amount === null}
      />
      <NativeSelect
        aria-label={`${label}: unit`}
        data={units.includes(duration.unit) ? [...units] : [...units, duration.unit]}
        value={duration.unit}
        onChange={(event) => onChange(writeDuration({ ...duration, unit: event.currentTarget.value as DurationUnit }))}
      />
    </Group>
  )
}
