import { Combobox, Group, Pill, PillsInput, Text, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { formatCompact } from '../app/format.ts'
import { useAccountValues } from './account-properties.ts'
import { useValues, type ValueSide } from './known-names.ts'

interface ValueInputProps {
  label: string
  placeholder?: string
  of: ValueSide
  property: string
  /** Counts values on this event only. */
  event?: string
  value: readonly string[]
  onChange: (value: string[]) => void
  error?: string | null
}

/** One or several values of a property: the real ones with their counts, or free text. Enter or a comma takes what is typed. */
export function ValueInput({ label, placeholder = 'Value', of, property, event, value, onChange, error }: ValueInputProps) {
  const [search, setSearch] = useState('')
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const isOpen = combobox.dropdownOpened && property !== ''
  const { data } = useValues({ of: of === 'account' ? 'person' : of, property, event, search }, isOpen && of !== 'account')
  const ofAccounts = useAccountValues(property, { search, enabled: isOpen && of === 'account' })
  const offered = (of === 'account' ? ofAccounts : isOpen ? (data?.results ?? []) : []).filter((each) => !value.includes(each.value))
  const add = (text: string) => {
    setSearch('')
    if (text.trim() !== '' && !value.includes(text)) onChange([...value, text])
  }
  return (
    <Combobox store={combobox} onOptionSubmit={add} position="bottom-start" shadow="md">
      <Combobox.DropdownTarget>
        <PillsInput error={error} onClick={() => combobox.openDropdown()}>
          <Pill.Group>
            {value.map((each) => (
              <Pill
                key={each}
                withRemoveButton
                removeButtonProps={{ 'aria-label': `Remove ${each}`, 'aria-hidden': false, tabIndex: 0 }}
                onRemove={() => onChange(value.filter((other) => other !== each))}
              >
                {each === '' ? '(empty)' : each}
              </Pill>
            ))}
            <Combobox.EventsTarget>
              <PillsInput.Field
                value={search}
                aria-label={label}
                placeholder={value.length === 0 ? placeholder : undefined}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => {
                  combobox.closeDropdown()
                  add(search.trim())
                }}
                onChange={(change) => {
                  setSearch(change.currentTarget.value)
                  combobox.updateSelectedOptionIndex()
                  combobox.openDropdown()
                }}
                onKeyDown={(key) => {
                  if (key.key === 'Backspace' && search === '') onChange(value.slice(0, -1))
                  if ((key.key === 'Enter' && combobox.selectedOptionIndex === -1) || key.key === ',') {
                    key.preventDefault()
                    add(search.trim())
                  }
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options aria-label={label} mah={280} style={{ overflowY: 'auto' }}>
          {offered.map((each) => (
            <Combobox.Option key={each.value} value={each.value} onMouseDown={(press) => press.preventDefault()}>
              <Group justify="space-between" wrap="nowrap" gap="xs">
                <Text span truncate>
                  {each.value === '' ? '(empty)' : each.value}
                </Text>
                <Text span c="dimmed" fz="xs">
                  {formatCompact(each.count)}
                </Text>
              </Group>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
