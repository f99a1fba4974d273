import type { ImportMappingInput } from '@kindred/model'
import { Select, SimpleGrid, TagsInput, Text, Title } from '@mantine/core'
import type { PartProps } from './part.ts'

type Thousands = NonNullable<ImportMappingInput['thousands']>
const thousands: { value: Thousands; label: string }[] = [
  { value: '.', label: 'A point: 1.234' },
  { value: ',', label: 'A comma: 1,234' },
  { value: ' ', label: 'A space: 1 234' },
  { value: "'", label: "An apostrophe: 1'234" },
]

/** How the file writes numbers, and what stands for no value. */
export function WritingPart({ mapping, onChange }: PartProps) {
  return (
    <>
      <Title order={3}>How values are written</Title>
      <Text c="dimmed" mb="sm">
        Found out from the first rows; correct it where the preview below shows otherwise.
      </Text>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label="Decimal sign"
          data={[
            { value: '.', label: 'A point: 1.5' },
            { value: ',', label: 'A comma: 1,5' },
          ]}
          value={mapping.decimal ?? '.'}
          onChange={(decimal) => onChange({ ...mapping, decimal: decimal === ',' ? ',' : '.' })}
          allowDeselect={false}
        />
        <Select
          label="Thousands"
          placeholder="Not grouped: 1234"
          data={thousands}
          value={mapping.thousands ?? null}
          onChange={(chosen) => {
            const { thousands: _, ...rest } = mapping
            const sign = thousands.find(({ value }) => value === chosen)?.value
            onChange(sign === undefined ? rest : { ...rest, thousands: sign })
          }}
          clearable
          clearButtonProps={{ 'aria-label': 'Not grouped' }}
        />
        <TagsInput
          label="Texts that mean no value"
          placeholder={(mapping.emptyValues ?? []).length === 0 ? 'such as NA' : undefined}
          value={mapping.emptyValues ?? []}
          onChange={(emptyValues) => onChange({ ...mapping, emptyValues })}
          maxTags={20}
          clearable
          clearButtonProps={{ 'aria-label': 'None' }}
        />
      </SimpleGrid>
    </>
  )
}
