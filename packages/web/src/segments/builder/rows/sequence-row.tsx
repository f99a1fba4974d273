import { ActionIcon, Button, Checkbox, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '../../../app/icons.tsx'
import { DurationField } from '../../../conditions/duration-field.tsx'
import { draftMistake, emptyDraft, readDraft, writeDraft } from '../../../conditions/property-draft.ts'
import { PropertyFields } from '../../../conditions/property-fields.tsx'
import { PropertyPicker } from '../../../data/property-picker.tsx'
import type { Filter, SequenceDraft, StepDraft } from '../../tree/row-draft.ts'
import { addStep, changeStep, moveStep, removeStep, stepsBefore } from '../../tree/sequence.ts'
import classes from '../builder.module.css'
import { EventField, onlyEvent } from '../event-field.tsx'
import { AddFilter, FilterLine } from '../where-rows.tsx'
import { WithinFields } from '../within-fields.tsx'
import { Word } from '../word.tsx'
import type { RowProps } from './row-props.ts'

/** *1 added to cart, 2 then no order within 1 hour*: steps in the order of time, some of which must not happen. */
export function SequenceRow({ draft, onChange, wrong }: RowProps<SequenceDraft>) {
  return (
    <>
      <ol className={classes.steps}>
        {draft.sequence.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no identity but its place
          <li key={place} className={classes.step}>
            <StepFields draft={draft} place={place} step={step} onChange={onChange} wrong={wrong} />
          </li>
        ))}
      </ol>
      <Button
        variant="subtle"
        size="compact-sm"
        my={6}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange(addStep(draft))}
        disabled={draft.sequence.length >= 20}
      >
        then
      </Button>
      <WithinFields
        within={draft.within ?? null}
        label="When all of it happened"
        ever="all of it at any time"
        onChange={(within) => onChange({ ...draft, within: within ?? undefined })}
        wrong={wrong}
      />
      <Checkbox
        size="xs"
        className={classes.tick}
        label="with nothing else in between"
        checked={draft.strict === true}
        onChange={(event) => onChange({ ...draft, strict: event.currentTarget.checked ? true : undefined })}
      />
    </>
  )
}

interface StepProps extends RowProps<SequenceDraft> {
  place: number
  step: StepDraft
}

function StepFields({ draft, place, step, onChange, wrong }: StepProps) {
  const set = (changed: StepDraft) => onChange(changeStep(draft, place, changed))
  const isAbsent = 'absent' in step
  const event = isAbsent ? step.absent : step.did
  const { within, after, where } = step
  const rest = { within, after, where }
  const name = `Step ${place + 1}`
  return (
    <>
      <div className={classes.stepHead}>
        <Text span fw={600} className={classes.stepNumber} aria-hidden>
          {place + 1}
        </Text>
        {place === 0 ? (
          <Word>did</Word>
        ) : (
          <NativeSelect
            aria-label={`${name}: happened or not`}
            data={['then did', 'then did not']}
            value={isAbsent ? 'then did not' : 'then did'}
            onChange={(changed) => set(changed.currentTarget.value === 'then did' ? { did: event, ...rest } : { absent: event, ...rest })}
          />
        )}
        <EventField
          label={`${name}: choose what they did`}
          value={event}
          onChange={(chosen) => set(isAbsent ? { absent: chosen, ...rest } : { did: chosen, ...rest })}
          wrong={wrong}
        />
        {place > 0 && <StepTime step={step} name={name} onChange={set} wrong={wrong} />}
        <Group gap={0} wrap="nowrap" ml="auto">
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`${name}: move up`}
            disabled={place === 0}
            onClick={() => onChange(moveStep(draft, place, -1))}
          >
            <IconArrowUp size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`${name}: move down`}
            disabled={place === draft.sequence.length - 1}
            onClick={() => onChange(moveStep(draft, place, 1))}
          >
            <IconArrowDown size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={`${name}: remove`}
            disabled={draft.sequence.length <= 2}
            onClick={() => onChange(removeStep(draft, place))}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      </div>
      <StepFilters
        filters={where ?? []}
        event={onlyEvent(event)}
        before={stepsBefore(draft, place)}
        onChange={(changed) => set({ ...step, where: changed.length === 0 ? undefined : changed })}
        wrong={wrong}
      />
    </>
  )
}

/** *within 1 hour of the step before* */
function StepTime({ step, name, onChange, wrong }: { step: StepDraft; name: string; onChange: (step: StepDraft) => void; wrong: boolean }) {
  const kind = step.within === undefined ? 'any' : (step.after ?? 'previous')
  const choose = (chosen: string) => {
    const { within, after: _, ...rest } = step
    if (chosen === 'any') onChange(rest)
    else onChange({ ...rest, within: within ?? '1 hour', ...(chosen === 'first' ? { after: 'first' as const } : {}) })
  }
  return (
    <>
      {step.within !== undefined && (
        <>
          <Word>within</Word>
          <DurationField label={`${name}: within`} value={step.within} onChange={(within) => onChange({ ...step, within })} error={wrong} />
        </>
      )}
      <NativeSelect
        aria-label={`${name}: counted from`}
        data={[
          { value: 'any', label: 'absent' in step ? 'until what follows, or now' : 'at any time after' },
          { value: 'previous', label: 'of the step before' },
          { value: 'first', label: 'of the first step' },
        ]}
        value={kind}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    </>
  )
}

interface StepFiltersProps {
  filters: Filter[]
  event: string | undefined
  before: readonly number[]
  onChange: (filters: Filter[]) => void
  wrong: boolean
}

function StepFilters({ filters, event, before, onChange, wrong }: StepFiltersProps) {
  const change = (index: number, filter: Filter) => onChange(filters.map((each, place) => (place === index ? filter : each)))
  return (
    <div className={classes.fields}>
      {filters.map((filter, index) => {
        const draft = readDraft(filter)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a filter has no identity but its place
          <FilterLine key={index} first={index === 0} onRemove={() => onChange(filters.filter((_, place) => place !== index))}>
            {filter.sameAs === undefined ? (
              <PropertyFields
                sides={['event']}
                side="event"
                draft={draft}
                event={event}
                wrong={wrong && draftMistake(draft) !== null}
                onChange={(changed) => change(index, writeDraft(changed))}
              />
            ) : (
              <SameAsFields filter={filter as SameAsFilter} before={before} onChange={(changed) => change(index, changed)} wrong={wrong} />
            )}
          </FilterLine>
        )
      })}
      <AddFilter onClick={() => onChange([...filters, writeDraft(emptyDraft())])} />
      {before.length > 0 && (
        <AddFilter label="the same as in an earlier step" onClick={() => onChange([...filters, { property: '', sameAs: { step: before.at(-1) } }])} />
      )}
    </div>
  )
}

type SameAsFilter = Filter & { sameAs: { step: number; of?: string } }

/** *product is the same as in step 1* */
function SameAsFields({
  filter,
  before,
  onChange,
  wrong,
}: {
  filter: SameAsFilter
  before: readonly number[]
  onChange: (filter: Filter) => void
  wrong: boolean
}) {
  const { sameAs } = filter
  return (
    <>
      <div className={classes.summed}>
        <PropertyPicker
          label="Choose a property"
          placeholder="Choose a property"
          of={['event']}
          value={filter.property === '' ? null : { of: 'event', name: filter.property }}
          onChange={({ name }) => onChange({ ...filter, property: name })}
          error={wrong && filter.property === '' ? ' ' : null}
        />
      </div>
      <Word>is the same as in step</Word>
      <NativeSelect
        aria-label="The same as in step"
        data={before.map(String)}
        value={String(sameAs.step)}
        onChange={(event) => onChange({ ...filter, sameAs: { ...sameAs, step: Number(event.currentTarget.value) } })}
      />
      <TextInput
        aria-label="Called there"
        placeholder="by the same name"
        value={sameAs.of ?? ''}
        onChange={(event) => {
          const of = event.currentTarget.value
          onChange({ ...filter, sameAs: of === '' ? { step: sameAs.step } : { ...sameAs, of } })
        }}
        w={150}
      />
    </>
  )
}
