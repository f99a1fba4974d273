import { NativeSelect } from '@mantine/core'
import { DurationField } from '../../../conditions/duration-field.tsx'
import { SegmentPicker } from '../../../conditions/segment-picker.tsx'
import type { InDraft } from '../../tree/row-draft.ts'
import { useBuilder } from '../builder-context.ts'
import type { RowProps } from './row-props.ts'

/** *in the segment VIPs, joined in the last 7 days* */
export function InRow({ draft, onChange, wrong }: RowProps<InDraft>) {
  const { self } = useBuilder()
  return (
    <>
      <SegmentPicker
        value={draft.in}
        except={self}
        onChange={(segment) => onChange({ ...draft, in: segment })}
        error={wrong && draft.in === null ? ' ' : null}
      />
      <NativeSelect
        aria-label="When they joined"
        data={['whenever they joined', 'who joined in the last']}
        value={draft.joinedWithin === undefined ? 'whenever they joined' : 'who joined in the last'}
        onChange={(event) => onChange({ ...draft, joinedWithin: event.currentTarget.value === 'whenever they joined' ? undefined : '7 days' })}
      />
      {draft.joinedWithin !== undefined && (
        <DurationField label="Joined in the last" value={draft.joinedWithin} onChange={(joinedWithin) => onChange({ ...draft, joinedWithin })} error={wrong} />
      )}
    </>
  )
}
