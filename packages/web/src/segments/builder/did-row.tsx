import { Box, NativeSelect, Text } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import { valueTypeOf } from '../../conditions/value-type.ts'
import { EventPicker } from '../../data/event-picker.tsx'
import { useProperties } from '../../data/known-names.ts'
import { PropertyPicker } from '../../data/property-picker.tsx'
import { likeliestNumber } from '../../insights/question/edit.ts'
import type { DidDraft, RowDraft } from '../tree/node.ts'
import classes from './builder.module.css'
import { ComparisonFields, takesNone } from './comparison-fields.tsx'
import { WhereRows } from './where-rows.tsx'
import { WithinFields } from './within-fields.tsx'

interface DidRowProps {
  draft: DidDraft
  negated: boolean
  onChange: (draft: RowDraft) => void
  wrong: boolean
}

/** *placed an order at least 3 times in the last 30 days, where category is shoes* */
export function DidRow({ draft, negated, onChange, wrong }: DidRowProps) {
  const set = (part: Partial<DidDraft>) => onChange({ ...draft, ...part })
  const { measure } = draft
  return (
    <>
      <Box className={classes.event}>
        <EventPicker
          label="Choose what they did"
          value={draft.event}
          onChange={(event) => set({ event })}
          placeholder="Choose what they did"
          error={wrong && draft.event === null ? ' ' : null}
        />
      </Box>
      {draft.event !== null && (
        <>
          <MeasureFields draft={draft} set={set} wrong={wrong} />
          <WithinFields within={draft.within} onChange={(within) => set({ within })} wrong={wrong} />
          {measure !== null && !negated && takesNone(measure.comparison) && (
            <Text span size="xs" c="dimmed">
              includes those who never did
            </Text>
          )}
          <WhereRows where={draft.where} event={typeof draft.event === 'string' ? draft.event : undefined} onChange={(where) => set({ where })} wrong={wrong} />
        </>
      )}
    </>
  )
}

interface MeasureFieldsProps {
  draft: DidDraft
  set: (part: Partial<DidDraft>) => void
  wrong: boolean
}

const noRoles = { events: {}, properties: {} }

/** How often, or how much in all. */
function MeasureFields({ draft: { measure }, set, wrong }: MeasureFieldsProps) {
  const { data } = useProperties()
  const { data: project } = useProject()
  const comparison = measure?.comparison ?? { name: 'atLeast' as const, operand: 2 }
  const choose = (by: string) => {
    if (by === 'once') set({ measure: null })
    else if (by === 'count') set({ measure: { by: 'count', comparison } })
    else set({ measure: { by: 'sum', comparison, property: likeliestNumber(data ?? [], project?.roles ?? noRoles) ?? '' } })
  }
  return (
    <>
      <NativeSelect
        aria-label="How often or how much"
        data={[
          { value: 'once', label: 'at least once' },
          { value: 'count', label: 'a number of times' },
          { value: 'sum', label: 'adding up' },
        ]}
        value={measure?.by ?? 'once'}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {measure?.by === 'sum' && (
        <Box className={classes.summed}>
          <PropertyPicker
            label="Property added up"
            of={['event']}
            only={(property) => valueTypeOf(property) === 'number'}
            value={measure.property === '' ? null : { of: 'event', name: measure.property }}
            onChange={({ name }) => set({ measure: { ...measure, property: name } })}
            error={wrong && measure.property === '' ? ' ' : null}
          />
        </Box>
      )}
      {measure !== null && (
        <>
          <ComparisonFields
            label={measure.by === 'count' ? 'Times' : 'Sum'}
            comparison={measure.comparison}
            onChange={(changed) => set({ measure: { ...measure, comparison: changed } })}
            wrong={wrong}
          />
          {measure.by === 'count' && (
            <Text span c="dimmed" py={8}>
              times
            </Text>
          )}
        </>
      )}
    </>
  )
}
