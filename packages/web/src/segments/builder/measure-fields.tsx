import { Box, NativeSelect } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import { ComparisonFields } from '../../conditions/comparison-fields.tsx'
import { valueTypeOf } from '../../conditions/value-type.ts'
import { useProperties } from '../../data/known-names.ts'
import { PropertyPicker } from '../../data/property-picker.tsx'
import { likeliestNumber } from '../../insights/question/edit.ts'
import { isOfProperty, type MeasureDraft } from '../tree/measure.ts'
import classes from './builder.module.css'
import { Word } from './word.tsx'

const measureWords: Record<MeasureDraft['by'], string> = {
  count: 'a number of times',
  sum: 'adding up',
  avg: 'on average',
  min: 'at the least',
  max: 'at the most',
  median: 'in the middle (median)',
  distinct: 'with different values of',
  share: 'as a share of all such events',
}
const order: MeasureDraft['by'][] = ['count', 'sum', 'avg', 'min', 'max', 'median', 'distinct', 'share']

interface MeasureFieldsProps {
  measure: MeasureDraft | null
  onChange: (measure: MeasureDraft | null) => void
  wrong: boolean
}

/** How often, how much in all, on average, at the most…, or which share of all such events. */
export function MeasureFields({ measure, onChange, wrong }: MeasureFieldsProps) {
  const likeliest = useLikeliestNumber()
  const choose = (by: 'once' | MeasureDraft['by']) => {
    if (by === 'once') onChange(null)
    else
      onChange({
        by,
        property: measure?.property || (isOfProperty(by) ? likeliest : ''),
        comparison: measure?.comparison ?? { name: 'atLeast', operand: by === 'share' ? 50 : 2 },
      })
  }
  return (
    <>
      <NativeSelect
        aria-label="How often or how much"
        data={[{ value: 'once', label: 'at least once' }, ...order.map((by) => ({ value: by, label: measureWords[by] }))]}
        value={measure?.by ?? 'once'}
        onChange={(event) => choose(event.currentTarget.value as MeasureDraft['by'])}
      />
      {measure !== null && isOfProperty(measure.by) && (
        <MeasuredProperty by={measure.by} property={measure.property} onChange={(property) => onChange({ ...measure, property })} wrong={wrong} />
      )}
      {measure !== null && (
        <>
          <ComparisonFields
            label={measureLabels[measure.by]}
            comparison={measure.comparison}
            onChange={(comparison) => onChange({ ...measure, comparison })}
            wrong={wrong}
          />
          {measure.by === 'count' && <Word>times</Word>}
          {measure.by === 'share' && <Word>% of all they did</Word>}
        </>
      )}
    </>
  )
}

const measureLabels: Record<MeasureDraft['by'], string> = {
  count: 'Times',
  share: 'Percent',
  sum: 'Sum',
  avg: 'Average',
  min: 'Smallest',
  max: 'Largest',
  median: 'Median',
  distinct: 'Different values',
}

interface MeasuredPropertyProps {
  by: MeasureDraft['by']
  property: string
  onChange: (property: string) => void
  wrong: boolean
}

/** Numbers, or for different values anything. */
export const MeasuredProperty = ({ by, property, onChange, wrong }: MeasuredPropertyProps) => (
  <Box className={classes.summed}>
    <PropertyPicker
      label="Property measured"
      of={['event']}
      only={(each) => by === 'distinct' || valueTypeOf(each) === 'number'}
      value={property === '' ? null : { of: 'event', name: property }}
      onChange={({ name }) => onChange(name)}
      error={wrong && property === '' ? ' ' : null}
    />
  </Box>
)

const noRoles = { events: {}, properties: {} }

/** The value of an order, else the most used number. */
export function useLikeliestNumber(): string {
  const { data } = useProperties()
  const { data: project } = useProject()
  return likeliestNumber(data ?? [], project?.roles ?? noRoles) ?? ''
}
