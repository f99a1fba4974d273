import { TextInput } from '@mantine/core'

interface MomentFieldProps {
  label: string
  value: unknown
  onChange: (value: string | null) => void
  error?: boolean
}

/** A date, chosen with the browser's own picker. An instant that was written by hand stays text. */
export function MomentField({ label, value, onChange, error }: MomentFieldProps) {
  const text = typeof value === 'string' ? value : ''
  return (
    <TextInput
      type={text.length > 10 ? 'text' : 'date'}
      aria-label={label}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
      error={error}
      w={text.length > 10 ? 220 : 150}
    />
  )
}
