import { Combobox, Group, InputBase, ScrollArea, Text, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { formatCompact } from '../app/format.ts'

/** One thing to choose. `value` is unique in the list; `name` is the raw name, searched too. */
export interface PickerOption {
  value: string
  label: string
  name?: string
  /** Said in grey after the label, such as the type. */
  says?: string
  count?: number
}

export interface PickerGroup {
  label: string
  options: PickerOption[]
}

interface PickerProps {
  label: string
  /** Shows the label above the control; otherwise it is read by screen readers only. */
  withLabel?: boolean
  placeholder?: string
  groups: PickerGroup[]
  value: string | null
  /** What the closed control shows for a value that is in no group. */
  valueLabel?: string | null
  onChange: (value: string) => void
  /** Given: what is typed can be chosen as it is. */
  onFreeText?: (text: string) => void
  loading?: boolean
  error?: string | null
  disabled?: boolean
}

const shownAtMost = 200

/** A searchable list with counts; arrows, Enter and Escape work in it. The base of the event and property pickers. */
export function Picker(props: PickerProps) {
  const { label, withLabel, placeholder, groups, value, valueLabel, onChange, onFreeText, loading, error, disabled } = props
  const [search, setSearch] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setSearch('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const shown = narrow(groups, search)
  const chosen = groups.flatMap(({ options }) => options).find((option) => option.value === value)
  const text = chosen?.label ?? (value === null ? null : (valueLabel ?? value))
  const free = onFreeText && search.trim() !== '' && !groups.some(({ options }) => options.some((option) => option.name === search.trim()))
  return (
    <Combobox
      store={combobox}
      width={320}
      position="bottom-start"
      shadow="md"
      onOptionSubmit={(submitted) => {
        if (submitted === freeValue) onFreeText?.(search.trim())
        else onChange(submitted)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target targetType="button">
        <InputBase
          component="button"
          type="button"
          pointer
          label={withLabel ? label : undefined}
          aria-label={withLabel ? undefined : `${label}: ${text ?? placeholder ?? 'none chosen'}`}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          onClick={() => combobox.toggleDropdown()}
          error={error}
          disabled={disabled}
          miw={176}
        >
          {text === null ? (
            <Text span c="var(--mantine-color-placeholder)">
              {placeholder ?? label}
            </Text>
          ) : (
            <Text span truncate display="block">
              {text}
            </Text>
          )}
        </InputBase>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value)
            combobox.selectFirstOption()
          }}
          placeholder="Search"
          aria-label={`Search: ${label}`}
        />
        <Combobox.Options aria-label={label}>
          <ScrollArea.Autosize mah={320} type="auto" scrollbarSize={6}>
            {shown.map((group) => (
              <Combobox.Group key={group.label} label={group.label}>
                {group.options.map((option) => (
                  <Option key={option.value} option={option} active={option.value === value} />
                ))}
              </Combobox.Group>
            ))}
            {free && <Combobox.Option value={freeValue}>Use “{search.trim()}”</Combobox.Option>}
            {shown.length === 0 && !free && <Combobox.Empty>{loading ? 'Loading…' : 'Nothing by this name'}</Combobox.Empty>}
          </ScrollArea.Autosize>
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

const freeValue = '\u0000free'

function Option({ option, active }: { option: PickerOption; active: boolean }) {
  return (
    <Combobox.Option value={option.value} active={active} title={option.name}>
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text span truncate fw={active ? 600 : undefined}>
          {option.label}
          {option.says && (
            <Text span c="dimmed" fz="xs" ml={8}>
              {option.says}
            </Text>
          )}
        </Text>
        {option.count !== undefined && (
          <Text span c="dimmed" fz="xs">
            {formatCompact(option.count)}
          </Text>
        )}
      </Group>
    </Combobox.Option>
  )
}

/** Keeps what holds every typed word in its label or raw name; at most 200 in all, so that long lists stay quick. */
export function narrow(groups: readonly PickerGroup[], search: string): PickerGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  let room = shownAtMost
  const kept: PickerGroup[] = []
  for (const group of groups) {
    const options = group.options.filter(({ label, name }) => words.every((word) => `${label} ${name ?? ''}`.toLowerCase().includes(word))).slice(0, room)
    room -= options.length
    if (options.length > 0) kept.push({ label: group.label, options })
  }
  return kept
}
