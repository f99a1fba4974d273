import { type ComparisonSign, comparisonSigns, type EventMeasure, eventMeasures } from '@kindred/model'
import { Checkbox, NativeSelect } from '@mantine/core'
import { comparisonWords } from '../../../conditions/comparison-fields.tsx'
import { NumberField } from '../../../conditions/number-field.tsx'
import { quantityMeasure, withQuantityMeasure } from '../../tree/quantity.ts'
import type { CompareDraft, QuantityDraft } from '../../tree/row-draft.ts'
import classes from '../builder.module.css'
import { DuringFields } from '../during-fields.tsx'
import { EventField, onlyEvent } from '../event-field.tsx'
import { MeasuredProperty, useLikeliestNumber } from '../measure-fields.tsx'
import { WhereRows } from '../where-rows.tsx'
import { WithinFields } from '../within-fields.tsx'
import { Word } from '../word.tsx'
import type { RowProps } from './row-props.ts'

/** *how often they viewed a product in the last 30 days is more than 2 times how often they placed an order* */
export function CompareRow({ draft, onChange, wrong }: RowProps<CompareDraft>) {
  return (
    <>
      <QuantityFields name="First number" quantity={draft.compare} onChange={(compare) => onChange({ ...draft, compare })} wrong={wrong} />
      <div className={classes.between}>
        <Word>is</Word>
        <NativeSelect
          aria-label="How the two numbers compare"
          data={comparisonSigns.map((sign) => ({ value: sign, label: comparisonWords[sign] }))}
          value={draft.is}
          onChange={(event) => onChange({ ...draft, is: event.currentTarget.value as ComparisonSign })}
        />
        <Checkbox
          size="xs"
          className={classes.tick}
          label="a multiple of"
          checked={draft.times !== undefined}
          onChange={(event) => onChange({ ...draft, times: event.currentTarget.checked ? 2 : undefined })}
        />
        {draft.times !== undefined && (
          <>
            <NumberField
              label="So many times the second number"
              width={72}
              value={draft.times}
              onChange={(times) => onChange({ ...draft, times })}
              error={wrong}
            />
            <Word>times</Word>
          </>
        )}
      </div>
      <QuantityFields name="Second number" quantity={draft.than} onChange={(than) => onChange({ ...draft, than })} wrong={wrong} />
    </>
  )
}

interface QuantityFieldsProps {
  name: string
  quantity: QuantityDraft
  onChange: (quantity: QuantityDraft) => void
  wrong: boolean
}

/** How many such events, or a measure of a property over them. */
function QuantityFields({ name, quantity, onChange, wrong }: QuantityFieldsProps) {
  const likeliest = useLikeliestNumber()
  const measure = quantityMeasure(quantity)
  const choose = (by: string) =>
    onChange(withQuantityMeasure(quantity, by === 'count' ? null : { by: by as EventMeasure, property: measure?.property || likeliest }))
  return (
    <fieldset className={classes.quantity}>
      <legend className="kindred-hidden">{name}</legend>
      <NativeSelect
        aria-label={`${name}: what is counted`}
        data={[{ value: 'count', label: 'the number of times they' }, ...eventMeasures.map((by) => ({ value: by, label: quantityWords[by] }))]}
        value={measure?.by ?? 'count'}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {measure !== null && (
        <>
          <MeasuredProperty
            by={measure.by}
            property={measure.property}
            onChange={(property) => onChange(withQuantityMeasure(quantity, { ...measure, property }))}
            wrong={wrong}
          />
          <Word>of</Word>
        </>
      )}
      <EventField label={`${name}: choose what they did`} value={quantity.did} onChange={(did) => onChange({ ...quantity, did })} wrong={wrong} />
      <WithinFields
        label={`${name}: when`}
        within={quantity.within ?? null}
        onChange={(within) => onChange({ ...quantity, within: within ?? undefined })}
        wrong={wrong}
      />
      <WhereRows where={quantity.where} event={onlyEvent(quantity.did)} onChange={(where) => onChange({ ...quantity, where })} wrong={wrong} />
      <DuringFields during={quantity.during} onChange={(during) => onChange({ ...quantity, during })} wrong={wrong} />
    </fieldset>
  )
}

const quantityWords: Record<EventMeasure, string> = {
  sum: 'the sum of',
  avg: 'the average of',
  min: 'the smallest',
  max: 'the largest',
  median: 'the median of',
  distinct: 'the different values of',
}
