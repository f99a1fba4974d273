import { Button, Combobox, Group, ScrollArea, Text, useCombobox } from '@mantine/core'
import { useState } from 'react'
import { useAccountTypes } from '../../accounts/use-account-types.ts'
import { useProject } from '../../api/project.ts'
import { formatCompact } from '../../app/format.ts'
import { IconPlus } from '../../app/icons.tsx'
import { useAccountProperties } from '../../data/account-properties.ts'
import { useEvents, useProperties } from '../../data/known-names.ts'
import { useTraits } from '../../data/traits.ts'
import { insert } from '../tree/edit.ts'
import { group, row } from '../tree/node.ts'
import { useBuilder, useSubject } from './builder-context.ts'
import { conditionMenu, firstGroups, type Known, type MenuGroup, type MenuItem, searchMenu } from './condition-menu.ts'

const perGroup = 5
const moreValue = 'more'

/** Adds a row to a group, from what people of this project really did and are; or a group in the group. Arrows, Enter and Escape work in it. */
export function AddCondition({ into }: { into: string }) {
  const { edit } = useBuilder()
  const { unit } = useSubject()
  const [search, setSearch] = useState('')
  const [isWhole, setWhole] = useState(false)
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      combobox.focusTarget()
      setSearch('')
      setWhole(false)
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const known = useKnown()
  const all = conditionMenu(known, unit)
  const shown = search.trim() === '' ? (isWhole ? all : firstOf(all)) : searchMenu(all, known, search)
  const items = new Map<string, MenuItem>(shown.flatMap((each) => each.items.map((item) => [`${each.label}: ${item.label}`, item] as const)))
  const submit = (value: string) => {
    if (value === moreValue) return setWhole(true)
    const item = items.get(value)
    if (item !== undefined) edit((root) => insert(root, row(item.draft, { negated: item.negated === true }), { into }))
    combobox.closeDropdown()
  }
  return (
    <Button.Group>
      <Combobox store={combobox} width={320} position="bottom-start" shadow="md" onOptionSubmit={submit}>
        <Combobox.Target targetType="button">
          <Button variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => combobox.toggleDropdown()}>
            Condition
          </Button>
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Search
            value={search}
            onChange={(event) => {
              setSearch(event.currentTarget.value)
              combobox.selectFirstOption()
            }}
            placeholder="What they did, who they are…"
            aria-label="Search conditions"
          />
          <Combobox.Options aria-label="Conditions">
            <ScrollArea.Autosize mah={380} type="auto" scrollbarSize={6}>
              {shown.map((each) => (
                <Combobox.Group key={each.label} label={each.label}>
                  {each.items.map((item) => (
                    <Option key={item.label} value={`${each.label}: ${item.label}`} item={item} />
                  ))}
                </Combobox.Group>
              ))}
              {search.trim() === '' && !isWhole && (
                <Combobox.Option value={moreValue}>
                  <Text span c="var(--mantine-color-anchor)">
                    More…
                  </Text>
                </Combobox.Option>
              )}
              {shown.length === 0 && <Combobox.Empty>Nothing by this name</Combobox.Empty>}
            </ScrollArea.Autosize>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      <Button variant="default" size="xs" onClick={() => edit((root) => insert(root, group('any', []), { into }))}>
        Group
      </Button>
    </Button.Group>
  )
}

const Option = ({ value, item }: { value: string; item: MenuItem }) => (
  <Combobox.Option value={value}>
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <Text span truncate>
        {item.label}
      </Text>
      {item.count !== undefined && (
        <Text span c="dimmed" fz="xs">
          {formatCompact(item.count)}
        </Text>
      )}
    </Group>
  </Combobox.Option>
)

const firstOf = (groups: readonly MenuGroup[]): MenuGroup[] => groups.slice(0, firstGroups).map((each) => ({ ...each, items: each.items.slice(0, perGroup) }))

function useKnown(): Known {
  const { unit } = useSubject()
  const { data: events } = useEvents()
  const { data: properties } = useProperties()
  const { data: project } = useProject()
  const traits = useTraits()
  const accountProperties = useAccountProperties(unit === 'account')
  const hasAccounts = (useAccountTypes()?.length ?? 0) > 0
  return {
    events: events ?? [],
    properties: properties ?? [],
    seasons: project?.seasons ?? [],
    roles: project?.roles ?? { events: {}, properties: {} },
    traits,
    accountProperties,
    hasAccounts,
  }
}
