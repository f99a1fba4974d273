import { Select } from '@mantine/core'
import { useMemo } from 'react'
import { useProject } from '../../api/project.ts'
import type { TimeFormat } from './mapping-columns.ts'
import type { EventMapping } from './mapping-event.ts'

type TimeMapping = EventMapping['time']

const timeFormatWords: Record<TimeFormat, string> = {
  auto: 'Found out from the text',
  'day-first': 'Day first: 31/12/2026',
  'month-first': 'Month first: 12/31/2026',
  'epoch-seconds': 'Seconds since 1970',
  'epoch-milliseconds': 'Milliseconds since 1970',
}
export const timeFormatOptions = Object.entries(timeFormatWords).map(([value, label]) => ({ value: value as TimeFormat, label }))

interface TimeFieldsProps {
  time: TimeMapping | undefined
  columns: string[]
  /** Shown where no column is the time; left out: a time is needed. */
  without?: string
  onChange: (time: TimeMapping | undefined) => void
}

/** Which column is the time, how it is written, and of which zone. */
export function TimeFields({ time, columns, without, onChange }: TimeFieldsProps) {
  const { data: project } = useProject()
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone')], [])
  return (
    <>
      <Select
        label="Time"
        data={columns}
        value={time?.column ?? null}
        placeholder={without}
        onChange={(column) => onChange(column === null ? undefined : { ...time, column })}
        searchable
        clearable={without !== undefined}
        clearButtonProps={{ 'aria-label': without }}
        allowDeselect={false}
      />
      {time !== undefined && (
        <>
          <Select
            label="Written as"
            data={timeFormatOptions}
            value={time.format ?? 'auto'}
            onChange={(format) => onChange({ ...time, format: timeFormatOptions.find(({ value }) => value === format)?.value ?? 'auto' })}
            allowDeselect={false}
          />
          <Select
            label="Time zone where none is written"
            placeholder={project ? `The project’s: ${project.timezone}` : undefined}
            data={zones}
            value={time.zone ?? null}
            onChange={(zone) => {
              const { zone: _, ...rest } = time
              onChange(zone === null ? rest : { ...rest, zone })
            }}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': 'Use the project’s time zone' }}
          />
        </>
      )}
    </>
  )
}
