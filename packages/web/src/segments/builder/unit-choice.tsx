import { Group, Text } from '@mantine/core'
import { UnitSelect, useHasUnits } from '../../accounts/unit-select.tsx'
import type { Tree } from '../tree/definition.ts'

interface UnitChoiceProps {
  tree: Tree
  onChange: (changed: Omit<Tree, 'root'>) => void
}

/** Whom the segment holds: people, or accounts of all types or of one. Not there before a project has accounts. */
export function UnitChoice({ tree, onChange }: UnitChoiceProps) {
  if (!useHasUnits(tree)) return null
  return (
    <Group gap="xs" mb="sm">
      <Text span c="dimmed">
        A segment of
      </Text>
      <UnitSelect aria-label="A segment of people or of accounts" maw={200} value={tree} onChange={onChange} />
    </Group>
  )
}
