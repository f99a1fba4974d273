import { NumberInput } from '@mantine/core'

interface NumberFieldProps {
  label: string
  value: unknown
  onChange: (value: number | null) => void
  error?: boolean
  whole?: boolean
  width?: number
}

/** A number being typed; null while there is none. Its label is read out, not shown: the row around it says what it is. */
export function NumberField({ label, value, onChange, error, whole, width = 104 }: NumberFieldProps) {
  return (
    <NumberInput
      aria-label={label}
      value={typeof value === 'number' ? value : ''}
      onChange={(typed) => onChange(typed === '' || !Number.isFinite(Number(typed)) ? null : Number(typed))}
      error={error}
      allowDecimal={!whole}
      allowNegative={!whole}
      hideControls
      w={width}
    />
  )
}
