import type { Segment } from '@kindred/model'
import { useProjectList } from '../api/project.ts'
import { Picker } from '../data/picker.tsx'

interface SegmentPickerProps {
  value: number | null
  onChange: (id: number) => void
  /** A segment that may not be chosen: the one being edited. */
  except?: number | undefined
  /** Whom the segments offered hold. */
  unit?: Segment['unit']
  error?: string | null
}

/** Chooses one of the project's segments. */
export function SegmentPicker({ value, onChange, except, error, unit = 'person' }: SegmentPickerProps) {
  const { data, isPending } = useProjectList<Segment>('segments')
  const offered = (data ?? []).filter((segment) => segment.id !== except && segment.unit === unit)
  const options = offered.map((segment) => ({ value: String(segment.id), label: segment.name, count: segment.count ?? undefined }))
  return (
    <Picker
      label="Choose a segment"
      placeholder="Choose a segment"
      groups={options.length === 0 ? [] : [{ label: 'Segments', options }]}
      loading={isPending}
      value={value === null ? null : String(value)}
      valueLabel={value === null ? null : `Segment ${value}`}
      onChange={(id) => onChange(Number(id))}
      error={error}
    />
  )
}
