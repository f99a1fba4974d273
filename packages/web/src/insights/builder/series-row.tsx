import { type Measure, measures } from '@kindred/model'
import { ActionIcon, Badge, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useProject } from '../../api/project.ts'
import { IconX } from '../../app/icons.tsx'
import { valueTypeOf } from '../../conditions/value-type.ts'
import { EventPicker } from '../../data/event-picker.tsx'
import { useProperties } from '../../data/known-names.ts'
import { PropertyPicker } from '../../data/property-picker.tsx'
import { setMeasure } from '../question/edit.ts'
import { letterOf, type SeriesDraft } from '../question/question.ts'
import { measureWords, needsProperty } from '../question/words.ts'
import classes from './builder.module.css'
import { Filters } from './filters.tsx'

interface SeriesRowProps {
  series: SeriesDraft
  index: number
  mistake: string | null
  onChange: (series: SeriesDraft) => void
  /** Left out for the only series. */
  onRemove?: () => void
}

const noRoles = { events: {}, properties: {} }

/** One series: which event, what is measured of it, on which of its events. */
export function SeriesRow({ series, index, mistake, onChange, onRemove }: SeriesRowProps) {
  const { data: project } = useProject()
  const { data } = useProperties()
  const letter = letterOf(index)
  return (
    <fieldset className={classes.series}>
      <legend className="kindred-hidden">Series {letter}</legend>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <Badge className={classes.letter} aria-hidden>
          {letter}
        </Badge>
        <Stack gap={4} flex={1} miw={0}>
          <EventPicker label={`Event of series ${letter}`} value={series.event} onChange={(event) => onChange({ ...series, event })} />
          <NativeSelect
            aria-label={`Measure of series ${letter}`}
            value={series.measure}
            data={measures.map((measure) => ({ value: measure, label: measureWords[measure] + (needsProperty(measure) ? ' a property' : '') }))}
            onChange={(changed) =>
              onChange(setMeasure(series, changed.currentTarget.value as Measure, { properties: data ?? [], roles: project?.roles ?? noRoles }))
            }
          />
          {needsProperty(series.measure) && (
            <PropertyPicker
              label={`Property measured in series ${letter}`}
              of={['event']}
              only={(property) => valueTypeOf(property) === 'number'}
              placeholder="Choose a number"
              value={series.property === undefined ? null : { of: 'event', name: series.property }}
              onChange={({ name }) => onChange({ ...series, property: name })}
              error={mistake}
            />
          )}
          {mistake !== null && !needsProperty(series.measure) && (
            <Text size="xs" c="var(--mantine-color-error)">
              {mistake}
            </Text>
          )}
          <Filters
            add="Where"
            filters={series.filters}
            event={typeof series.event === 'string' ? series.event : undefined}
            onChange={(filters) => onChange({ ...series, filters })}
          />
        </Stack>
        {onRemove && (
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove series ${letter}`} onClick={onRemove}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        )}
      </Group>
    </fieldset>
  )
}
