import { ActionIcon, Button, Group, MultiSelect, NumberInput, Stack, Switch, Text } from '@mantine/core'
import { IconPlus, IconX } from '../../app/icons.tsx'
import type { Totals } from './mapping-event.ts'
import { NameField } from './name-field.tsx'

interface TotalsListProps {
  title: string
  totals: Totals
  columns: string[]
  onChange: (totals: Totals) => void
}

/** Numbers made of columns: multiplied in each row and summed over the rows, exactly, in decimals. */
export function TotalsList({ title, totals, columns, onChange }: TotalsListProps) {
  const entries = Object.entries(totals)
  const replace = (place: number, entry: (typeof entries)[number]) => onChange(Object.fromEntries(entries.toSpliced(place, 1, entry)))
  return (
    <Stack gap="xs">
      <Text fw={500}>{title}</Text>
      {entries.map(([name, total], place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a new name is the same number, so the name cannot be the key
        <Group key={place} gap="xs" align="flex-end">
          <NameField
            label="Name"
            withLabel
            value={name}
            taken={entries.map(([other]) => other).filter((other) => other !== name)}
            onChange={(typed) => replace(place, [typed, total])}
          />
          <MultiSelect
            label="Columns multiplied"
            data={columns}
            value={total.multiply}
            onChange={(multiply) => replace(place, [name, { ...total, multiply }])}
            maxValues={4}
            searchable
            miw={240}
          />
          <NumberInput
            label="Decimals"
            value={total.decimals ?? 2}
            min={0}
            max={6}
            onChange={(decimals) => replace(place, [name, { ...total, decimals: Number(decimals) || 0 }])}
            w={88}
          />
          <Switch
            label="Without its sign"
            checked={total.absolute ?? false}
            onChange={(event) => replace(place, [name, { ...total, absolute: event.currentTarget.checked }])}
            mb={8}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${name}`}
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
          onClick={() => onChange({ ...totals, [freeName(totals)]: { multiply: columns.slice(0, 1) } })}
        >
          Add a number
        </Button>
      </Group>
    </Stack>
  )
}

function freeName(totals: Totals): string {
  let name = 'value'
  for (let number = 2; name in totals; number++) name = `value_${number}`
  return name
}
