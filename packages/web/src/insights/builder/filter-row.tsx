import { ownSessionFacts } from '@kindred/model'
import { ActionIcon, Group, NativeSelect, Text } from '@mantine/core'
import { IconX } from '../../app/icons.tsx'
import { PropertyFields } from '../../conditions/property-fields.tsx'
import { SegmentPicker } from '../../conditions/segment-picker.tsx'
import { SessionFactFields } from '../../conditions/session-fact-fields.tsx'
import { TraitFields } from '../../conditions/trait-fields.tsx'
import type { FilterDraft } from '../question/question.ts'
import classes from './builder.module.css'

interface FilterRowProps {
  filter: FilterDraft
  /** What is missing, or null. */
  mistake: string | null
  event?: string
  onChange: (filter: FilterDraft) => void
  onRemove: () => void
}

/** One filter: a property, a computed trait or a fact of the visit compared, or membership of a segment. */
export function FilterRow({ filter, mistake, event, onChange, onRemove }: FilterRowProps) {
  return (
    <div className={classes.filter}>
      <Group gap={4} align="flex-start" className={classes.fields}>
        <FilterFields filter={filter} event={event} onChange={onChange} />
        {mistake !== null && (
          <Text size="xs" c="dimmed" w="100%">
            {mistake}
          </Text>
        )}
      </Group>
      <ActionIcon variant="subtle" color="gray" aria-label="Remove this filter" onClick={onRemove}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </div>
  )
}

function FilterFields({ filter, event, onChange }: Pick<FilterRowProps, 'filter' | 'event' | 'onChange'>) {
  if (filter.of === 'trait')
    return <TraitFields ofPeople draft={filter.comparison} wrong={false} onChange={(comparison) => onChange({ of: 'trait', comparison })} />
  if (filter.of === 'session')
    return <SessionFactFields facts={ownSessionFacts} draft={filter} wrong={false} onChange={(draft) => onChange({ of: 'session', ...draft })} />
  if (filter.of !== 'segment')
    return (
      <PropertyFields
        sides={['event', 'person']}
        side={filter.of}
        draft={filter}
        event={event}
        wrong={false}
        onChange={(draft, of) => onChange({ of, ...draft })}
      />
    )
  return (
    <>
      <NativeSelect
        aria-label="In or not in a segment"
        data={['in', 'not in']}
        value={filter.negated ? 'not in' : 'in'}
        onChange={(changed) => onChange({ ...filter, negated: changed.currentTarget.value === 'not in' })}
      />
      <SegmentPicker value={filter.segment} onChange={(segment) => onChange({ ...filter, segment })} />
    </>
  )
}
