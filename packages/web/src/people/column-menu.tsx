import { Button, Checkbox, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { IconColumns3 } from '../app/icons.tsx'
import { byCount, useProperties } from '../data/known-names.ts'

/** Chooses which person properties stand in the table, most used first. */
export function ColumnMenu({ value, onChange }: { value: string[]; onChange: (columns: string[]) => void }) {
  const [search, setSearch] = useState('')
  const { data } = useProperties()
  const properties = byCount((data ?? []).filter(({ of }) => of === 'person'))
  const shown = properties.filter(({ name, label }) => `${label} ${name}`.toLowerCase().includes(search.trim().toLowerCase())).slice(0, 100)
  return (
    <Popover width={280} position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          Columns{value.length > 0 && ` (${value.length})`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="xs">
          <TextInput aria-label="Search columns" placeholder="Search properties" value={search} onChange={(event) => setSearch(event.currentTarget.value)} />
          <ScrollArea.Autosize mah={280} type="auto">
            <Checkbox.Group value={value} onChange={onChange} aria-label="Columns">
              <Stack gap="xs" p={4}>
                {shown.map(({ name, label }) => (
                  <Checkbox key={name} value={name} label={label} />
                ))}
              </Stack>
            </Checkbox.Group>
            {shown.length === 0 && <Text c="dimmed">No property by this name.</Text>}
          </ScrollArea.Autosize>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
