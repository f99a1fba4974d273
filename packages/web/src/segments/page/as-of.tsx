import type { Segment } from '@kindred/model'
import { Group, SegmentedControl, Text, TextInput } from '@mantine/core'
import { formatDateTime } from '../../app/format.ts'

/** The end of a day at which members are asked for, and by what; without a day, now. */
export interface AsOf {
  day: string
  as: 'recorded' | 'recomputed'
}

export const asOfNow: AsOf = { day: '', as: 'recorded' }

/** What is asked of the members: nothing where they are those of now. A day that is not over is asked until now. */
export function asOfRequest({ day, as }: AsOf): { as: AsOf['as'] | null; at: number | null } {
  if (day === '') return { as: null, at: null }
  return { as, at: Math.min(Date.parse(`${day}T23:59:59.999`), Date.now()) }
}

/** A day of the past, and whether its members are those that were recorded or those whom the rule of today would have kept. */
export function AsOfFields({ segment, value, onChange }: { segment: Segment; value: AsOf; onChange: (value: AsOf) => void }) {
  // A list has no rule to ask then, and of accounts only the properties of today are kept.
  const canRecompute = segment.unit === 'person' && segment.definition !== null
  return (
    <Group align="flex-end" gap="sm">
      <TextInput
        type="date"
        label="As of the end of"
        value={value.day}
        max={new Date().toLocaleDateString('sv')}
        onChange={(event) => onChange({ ...value, day: event.currentTarget.value })}
      />
      {value.day !== '' && canRecompute && (
        <SegmentedControl
          aria-label="Members of then"
          data={[
            { value: 'recorded', label: 'As recorded then' },
            { value: 'recomputed', label: 'By the rule of today' },
          ]}
          value={value.as}
          onChange={(as) => onChange({ ...value, as: as === 'recomputed' ? 'recomputed' : 'recorded' })}
        />
      )}
    </Group>
  )
}

/** Says which members are shown. `at`: the moment that they are exact at. */
export function AsOfNote({ value, at }: { value: AsOf; at: number }) {
  if (value.day === '') return null
  const words = value.as === 'recorded' ? 'Members as they were recorded at' : 'Whom the rule of today would have kept at'
  return (
    <Text size="sm" c="dimmed">
      {words} {formatDateTime(at)}
    </Text>
  )
}
