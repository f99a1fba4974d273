import type { SegmentUnit } from '@kindred/model'
import { NativeSelect, type NativeSelectProps } from '@mantine/core'
import { useAccountTypes } from './use-account-types.ts'

interface Unit {
  unit: SegmentUnit
  accountType?: string | undefined
}

interface UnitSelectProps extends Omit<NativeSelectProps, 'value' | 'onChange' | 'data'> {
  value: Unit
  onChange: (chosen: Unit) => void
}

/** People, or accounts of all types or of one. */
export function UnitSelect({ value: { unit, accountType }, onChange, ...rest }: UnitSelectProps) {
  const types = useAccountTypes() ?? []
  const unseen = accountType !== undefined && !types.some(({ name }) => name === accountType) ? [{ name: accountType, label: accountType }] : []
  return (
    <NativeSelect
      {...rest}
      data={[
        { value: 'person', label: 'people' },
        { value: 'account:', label: 'accounts' },
        ...[...types, ...unseen].map(({ name, label }) => ({ value: `account:${name}`, label: `accounts of the type ${label}` })),
      ]}
      value={unit === 'person' ? 'person' : `account:${accountType ?? ''}`}
      onChange={(event) => {
        const chosen = event.currentTarget.value
        const type = chosen.slice('account:'.length)
        if (chosen === 'person') onChange({ unit: 'person' })
        else onChange({ unit: 'account', ...(type !== '' && { accountType: type }) })
      }}
    />
  )
}

/** Whether there is anything but people to choose: accounts stay hidden until a project has one. */
export function useHasUnits({ unit }: Unit): boolean {
  const types = useAccountTypes() ?? []
  return types.length > 0 || unit === 'account'
}
