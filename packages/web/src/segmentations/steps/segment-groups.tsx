import type { SegmentationGroups, SegmentationReport, SegmentationSave } from '@kindred/model'
import { ActionIcon, Group, Paper, Radio, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { formatNumber, plural } from '../../app/format.ts'
import { IconArrowDown, IconArrowUp, IconX } from '../../app/icons.tsx'
import { ButtonLink, TextLink } from '../../app/links.tsx'

type Groups = Extract<SegmentationGroups, { by: 'segments' }>

interface SegmentGroupsProps {
  groups: Groups
  target: number | null
  change: (part: Partial<SegmentationSave>) => void
  report: SegmentationReport | undefined
  /** The segments there are of those who are sorted. */
  choices: { value: string; label: string }[]
}

/** Rules in order: whoever fits the first belongs to it, and so on down; a niche lies below its main segment. */
export function SegmentGroups({ groups, target, change, report, choices }: SegmentGroupsProps) {
  const { segments } = groups
  const set = (changed: Groups['segments']) => {
    const kept = new Set(changed.map(({ segment }) => segment))
    const mains = changed.map((each) => (each.mainSegment !== undefined && !kept.has(each.mainSegment) ? { segment: each.segment } : each))
    change({ groups: { ...groups, segments: mains }, ...(target !== null && !kept.has(target) && { target: null }) })
  }
  const nameOf = (id: number) => choices.find(({ value }) => value === String(id))?.label ?? `Segment ${id}`
  const free = choices.filter(({ value }) => !segments.some(({ segment }) => String(segment) === value))
  const mains = segments.filter(({ mainSegment }) => mainSegment === undefined)
  return (
    <Stack gap="sm">
      {segments.map((each, index) => (
        <Paper key={each.segment} withBorder p="sm" ml={each.mainSegment === undefined ? 0 : 32}>
          <Group justify="space-between" gap="xs">
            <div>
              <TextLink to="/segments/$segmentId" params={{ segmentId: String(each.segment) }} fw={500}>
                {nameOf(each.segment)}
              </TextLink>
              <Size group={report?.groups.find(({ segment }) => segment === each.segment)} unit={report?.unit ?? 'person'} />
            </div>
            <Group gap="sm">
              <Select
                aria-label={`${nameOf(each.segment)}: main segment or niche`}
                size="xs"
                w={190}
                data={[
                  { value: '', label: 'Main segment' },
                  ...mains
                    .filter(({ segment }) => segment !== each.segment)
                    .map(({ segment }) => ({ value: String(segment), label: `Niche of ${nameOf(segment)}` })),
                ]}
                value={each.mainSegment === undefined ? '' : String(each.mainSegment)}
                onChange={(main) =>
                  set(segments.map((other, at) => (at === index ? { segment: each.segment, ...(main && { mainSegment: Number(main) }) } : other)))
                }
                disabled={segments.some(({ mainSegment }) => mainSegment === each.segment)}
              />
              <Radio label="Target" checked={target === each.segment} onChange={() => change({ target: each.segment })} />
              <Group gap={4} wrap="nowrap">
                <Move label={`Move ${nameOf(each.segment)} up`} disabled={index === 0} onClick={() => set(swapped(segments, index - 1))} up />
                <Move label={`Move ${nameOf(each.segment)} down`} disabled={index === segments.length - 1} onClick={() => set(swapped(segments, index))} />
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={`Remove ${nameOf(each.segment)}`}
                  onClick={() => set(segments.filter((_, at) => at !== index))}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </Group>
            </Group>
          </Group>
        </Paper>
      ))}
      <AddSegment free={free} onAdd={(segment) => set([...segments, { segment }])} />
      <Switch
        label="Everyone belongs to one: the first that fits"
        checked={groups.exclusive}
        onChange={(event) => change({ groups: { ...groups, exclusive: event.currentTarget.checked } })}
      />
      <TextInput
        label="Those who fit none are called"
        value={groups.everyoneElse}
        onChange={(event) => change({ groups: { ...groups, everyoneElse: event.currentTarget.value } })}
        maw={320}
      />
    </Stack>
  )
}

function AddSegment({ free, onAdd }: { free: { value: string; label: string }[]; onAdd: (segment: number) => void }) {
  return (
    <Group align="flex-end">
      <Select
        label="Add a segment"
        placeholder="Choose"
        data={free}
        value={null}
        onChange={(chosen) => chosen !== null && onAdd(Number(chosen))}
        searchable
        w={320}
      />
      <ButtonLink to="/segments/templates" variant="default">
        From a template
      </ButtonLink>
    </Group>
  )
}

function Size({ group, unit }: { group: SegmentationReport['groups'][number] | undefined; unit: SegmentationReport['unit'] }) {
  if (group === undefined) return null
  return (
    <Text size="sm" c="dimmed">
      {formatNumber(group.own)} {unit === 'account' ? plural(group.own, 'account', 'accounts') : plural(group.own, 'person', 'people')}
      {group.own !== group.size && `, of ${formatNumber(group.size)} ${unit === 'account' ? 'that' : 'who'} fit its rule`}
    </Text>
  )
}

function Move({ label, disabled, onClick, up = false }: { label: string; disabled: boolean; onClick: () => void; up?: boolean }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={disabled} onClick={onClick}>
      {up ? <IconArrowUp size={16} aria-hidden /> : <IconArrowDown size={16} aria-hidden />}
    </ActionIcon>
  )
}

/** The one at the place, and the one after it, changed about. */
function swapped<Item>(items: readonly Item[], index: number): Item[] {
  const [first, second] = [items[index], items[index + 1]]
  if (first === undefined || second === undefined) return [...items]
  return [...items.slice(0, index), second, first, ...items.slice(index + 2)]
}
