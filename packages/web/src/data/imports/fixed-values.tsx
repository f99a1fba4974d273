import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '../../app/icons.tsx'
import { type Destination, type FixedValue, fixedValues, propertiesOf, typedValue, withFixedValues } from './mapping-columns.ts'
import { NameField } from './name-field.tsx'
import type { PartProps } from './part.ts'

interface FixedValuesProps extends Pick<PartProps, 'mapping' | 'onChange'> {
  offered: { value: Destination; label: string }[]
}

/** Values that no column holds and that every row gets. */
export function FixedValues({ mapping, offered, onChange }: FixedValuesProps) {
  const values = fixedValues(mapping)
  const first = offered[0]?.value ?? 'event'
  const set = (changed: readonly FixedValue[]) => onChange(withFixedValues(mapping, changed))
  const replace = (place: number, part: Partial<FixedValue>) => set(values.map((value, each) => (each === place ? { ...value, ...part } : value)))
  return (
    <Stack gap="xs" mt="lg">
      <Text fw={500}>The same for all rows</Text>
      {values.map(({ name, value, to }, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a new name is the same value, so the name cannot be the key
        <Group key={place} gap="xs" align="flex-end">
          <NameField
            label="Name"
            withLabel
            value={name}
            taken={Object.keys(propertiesOf(mapping, to)).filter((other) => other !== name)}
            onChange={(typed) => replace(place, { name: typed })}
          />
          <TextInput label="Value" value={String(value)} onChange={(event) => replace(place, { value: typedValue(event.currentTarget.value) })} />
          {offered.length > 1 && (
            <Select
              label="Of"
              data={offered}
              value={to}
              onChange={(chosen) => replace(place, { to: offered.find((each) => each.value === chosen)?.value ?? first })}
              allowDeselect={false}
            />
          )}
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${name}`} onClick={() => set(values.toSpliced(place, 1))} mb={4}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => set([...values, { name: freeName(propertiesOf(mapping, first)), value: '', to: first }])}
        >
          Add a value
        </Button>
      </Group>
    </Stack>
  )
}

function freeName(taken: object): string {
  let name = 'channel'
  for (let number = 2; name in taken; number++) name = `channel_${number}`
  return name
}
