import { NativeSelect } from '@mantine/core'

/** Whether a trait is of each person or of each account. */
export function UnitField({ value, onChange }: { value: 'person' | 'account'; onChange: (unit: 'person' | 'account') => void }) {
  return (
    <NativeSelect
      label="Of"
      data={[
        { value: 'person', label: 'Each person' },
        { value: 'account', label: 'Each account' },
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value as 'person')}
    />
  )
}
