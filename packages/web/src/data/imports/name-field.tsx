import { TextInput } from '@mantine/core'
import { useState } from 'react'

interface NameFieldProps {
  label: string
  withLabel?: boolean
  value: string
  /** Names that are in use beside this one. */
  taken: readonly string[]
  onChange: (name: string) => void
}

/** A property's name. Taken over when the field is left, since a name half typed may be that of another property. */
export function NameField({ label, withLabel, value, taken, onChange }: NameFieldProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? value
  const error = text.trim() === '' ? 'Give it a name' : taken.includes(text.trim()) ? 'In use already' : null
  const take = () => {
    if (typed === null || error !== null) return
    onChange(typed.trim())
    setTyped(null)
  }
  return (
    <TextInput
      label={withLabel ? label : undefined}
      aria-label={withLabel ? undefined : label}
      value={text}
      error={error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
      }}
      w={176}
    />
  )
}
