import { Group, NativeSelect, Text } from '@mantine/core'
import { useAccountTypes } from '../../accounts/use-account-types.ts'
import type { Tree } from '../tree/definition.ts'

interface UnitChoiceProps {
  tree: Tree
  onChange: (changed: Omit<Tree, 'root'>) => void
}

/** Whom the segment holds: people, or accounts of all types or of one. Not there before a project has accounts. */
export function UnitChoice({ tree, onChange }: UnitChoiceProps) {
  const types = useAccountTypes() ?? []
  if (types.length === 0 && tree.unit === 'person') return null
  const value = tree.unit === 'person' ? 'person' : `account:${tree.accountType ?? ''}`
  const named = [
    ...types,
    ...(tree.accountType !== undefined && !types.some(({ name }) => name === tree.accountType) ? [{ name: tree.accountType, label: tree.accountType }] : []),
  ]
  return (
    <Group gap="xs" mb="sm">
      <Text span c="dimmed">
        A segment of
      </Text>
      <NativeSelect
        aria-label="A segment of people or of accounts"
        maw={200}
        data={[
          { value: 'person', label: 'people' },
          { value: 'account:', label: 'accounts' },
          ...named.map(({ name, label }) => ({ value: `account:${name}`, label: `accounts of the type ${label}` })),
        ]}
        value={value}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          const type = chosen.slice('account:'.length)
          if (chosen === 'person') onChange({ unit: 'person' })
          else onChange({ unit: 'account', ...(type === '' ? {} : { accountType: type }) })
        }}
      />
    </Group>
  )
}
