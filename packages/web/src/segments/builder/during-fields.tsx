import { type During, weekdays } from '@kindred/model'
import { ActionIcon, Box, Button, Checkbox, Chip, Group, Menu, NativeSelect, TextInput } from '@mantine/core'
import { type CSSProperties, useId } from 'react'
import { useProject } from '../../api/project.ts'
import { IconCalendar, IconX } from '../../app/icons.tsx'
import { NumberField } from '../../conditions/number-field.tsx'
import classes from './builder.module.css'
import { type DuringPart, daysOf, duringParts, duringWords, monthWord, weekdayWords, withoutPart, withPart } from './during.ts'
import { Word } from './word.tsx'

interface DuringFieldsProps {
  during: During | undefined
  onChange: (during: During | undefined) => void
  wrong: boolean
  /** True where at least one part must stay. */
  needed?: boolean
}

/** *only in December, on a Saturday*: in which part of the year, the week or the day. */
export function DuringFields({ during, onChange, wrong, needed = false }: DuringFieldsProps) {
  const { data: project } = useProject()
  const given = duringParts.filter((part) => during?.[part] !== undefined)
  const free = duringParts.filter((part) => !given.includes(part))
  return (
    <>
      {during !== undefined &&
        given.map((part) => (
          <div key={part} className={classes.where}>
            <Word>{duringWords[part].lead}</Word>
            <PartFields part={part} during={during} onChange={onChange} wrong={wrong} />
            {!(needed && given.length === 1) && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={`Remove: ${duringWords[part].offer}`}
                onClick={() => onChange(withoutPart(during, part))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        ))}
      {during !== undefined && (
        <Checkbox
          size="xs"
          className={classes.tick}
          label="by the clock where each person lives"
          checked={during.zone === 'person'}
          onChange={(event) => {
            const { zone: _, ...rest } = during
            onChange(event.currentTarget.checked ? { ...rest, zone: 'person' } : rest)
          }}
        />
      )}
      {free.length > 0 && (
        <Menu position="bottom-start" shadow="md">
          <Menu.Target>
            <Button variant="subtle" size="compact-sm" my={6} leftSection={<IconCalendar size={14} aria-hidden />}>
              only in…
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {free.map((part) => (
              <Menu.Item key={part} onClick={() => onChange(withPart(during, part, project?.seasons ?? []))}>
                {duringWords[part].offer}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  )
}

interface PartProps {
  part: DuringPart
  during: During
  onChange: (during: During) => void
  wrong: boolean
}

function PartFields({ part, during, onChange, wrong }: PartProps) {
  switch (part) {
    case 'months':
      return (
        <Chips
          label="Months"
          columns={6}
          all={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: monthWord(index + 1) }))}
          value={(during.months ?? []).map(String)}
          onChange={(months) => onChange({ ...during, months: months.map(Number).sort((a, b) => a - b) })}
        />
      )
    case 'weekdays':
      return (
        <Chips
          label="Days of the week"
          columns={7}
          all={weekdays.map((day) => ({ value: day, label: weekdayWords[day] }))}
          value={during.weekdays ?? []}
          onChange={(chosen) => onChange({ ...during, weekdays: weekdays.filter((day) => chosen.includes(day)) })}
        />
      )
    case 'hours':
      return (
        <>
          <NumberField
            label="From hour"
            whole
            width={64}
            value={during.hours?.from}
            error={wrong}
            onChange={(from) => onChange({ ...during, hours: { from: from ?? -1, to: during.hours?.to ?? 24 } })}
          />
          <Word>o’clock until</Word>
          <NumberField
            label="Until hour"
            whole
            width={64}
            value={during.hours?.to}
            error={wrong}
            onChange={(to) => onChange({ ...during, hours: { from: during.hours?.from ?? 0, to: to ?? -1 } })}
          />
          <Word>o’clock</Word>
        </>
      )
    case 'dates':
      return (
        <>
          <DayOfYear
            label="From"
            value={during.dates?.from ?? '01-01'}
            onChange={(from) => onChange({ ...during, dates: { from, to: during.dates?.to ?? '12-31' } })}
          />
          <Word>to</Word>
          <DayOfYear
            label="To, included"
            value={during.dates?.to ?? '12-31'}
            onChange={(to) => onChange({ ...during, dates: { from: during.dates?.from ?? '01-01', to } })}
          />
          <Word>of any year</Word>
        </>
      )
    case 'season':
      return <SeasonField season={during.season ?? ''} onChange={(season) => onChange({ ...during, season })} wrong={wrong} />
  }
}

interface ChipsProps {
  label: string
  /** How many stand in a line. */
  columns: number
  all: { value: string; label: string }[]
  value: readonly string[]
  onChange: (value: string[]) => void
}

/** Several of a few, all in view. The last one chosen stays: none would be no condition. */
export const Chips = ({ label, columns, all, value, onChange }: ChipsProps) => (
  <Chip.Group multiple value={[...value]} onChange={(chosen) => chosen.length > 0 && onChange(chosen)}>
    <Box role="group" aria-label={label} className={classes.chips} style={{ '--columns': columns } as CSSProperties}>
      {all.map((each) => (
        <Chip key={each.value} value={each.value} size="xs" radius="sm" classNames={{ label: classes.chip, iconWrapper: classes.chipTick }}>
          {each.label}
        </Chip>
      ))}
    </Box>
  </Chip.Group>
)

function DayOfYear({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [month = 1, day = 1] = value.split('-').map(Number)
  const write = (nextMonth: number, nextDay: number) =>
    onChange(`${String(nextMonth).padStart(2, '0')}-${String(Math.min(nextDay, daysOf(nextMonth))).padStart(2, '0')}`)
  return (
    <Group gap={4} wrap="nowrap">
      <NativeSelect
        aria-label={`${label}: day`}
        data={Array.from({ length: Math.max(daysOf(month), day) }, (_, index) => String(index + 1))}
        value={String(day)}
        onChange={(event) => write(month, Number(event.currentTarget.value))}
      />
      <NativeSelect
        aria-label={`${label}: month`}
        data={Array.from({ length: 12 }, (_, index) => ({ value: String(index + 1), label: monthWord(index + 1) }))}
        value={String(month)}
        onChange={(event) => write(Number(event.currentTarget.value), day)}
      />
    </Group>
  )
}

/** A season by its name: the project's are offered, and one that is to be made yet can be typed. */
function SeasonField({ season, onChange, wrong }: { season: string; onChange: (season: string) => void; wrong: boolean }) {
  const listId = useId()
  const { data: project } = useProject()
  return (
    <>
      <TextInput
        aria-label="Season"
        list={listId}
        value={season}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={wrong && season === ''}
        w={140}
      />
      <datalist id={listId}>
        {(project?.seasons ?? []).map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}
