import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core'
import { IconPlus, IconX } from '../../app/icons.tsx'
import { type IdFrom, idColumn } from './mapping-kind.ts'
import { NameField } from './name-field.tsx'

interface MembershipListProps {
  /** Type of account → its column. */
  accounts: Record<string, IdFrom>
  columns: string[]
  onChange: (accounts: Record<string, IdFrom>) => void
}

/** The accounts that a person or an event belongs to. */
export function MembershipList({ accounts, columns, onChange }: MembershipListProps) {
  const entries = Object.entries(accounts)
  const replace = (place: number, entry: (typeof entries)[number]) => onChange(Object.fromEntries(entries.toSpliced(place, 1, entry)))
  return (
    <Stack gap="xs">
      <Text fw={500}>Accounts they belong to</Text>
      {entries.map(([type, id], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a new name is the same account, so the name cannot be the key
        <Group key={place} gap="xs" align="flex-end">
          <NameField
            label="Type of account"
            withLabel
            value={type}
            taken={entries.map(([other]) => other).filter((other) => other !== type)}
            onChange={(typed) => replace(place, [typed, id])}
          />
          <Select
            label="Column with its id"
            data={columns}
            value={idColumn(id)}
            onChange={(column) => column !== null && replace(place, [type, typeof id === 'string' ? column : { ...id, column }])}
            searchable
            allowDeselect={false}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${type}`}
            onClick={() => onChange(Object.fromEntries(entries.toSpliced(place, 1)))}
            mb={4}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange({ ...accounts, [freeType(accounts)]: columns[0] ?? '' })}
        >
          Add an account
        </Button>
      </Group>
    </Stack>
  )
}

function freeType(accounts: Record<string, IdFrom>): string {
  let type = 'company'
  for (let number = 2; type in accounts; number++) type = `company_${number}`
  return type
}
