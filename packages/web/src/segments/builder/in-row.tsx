import { SegmentPicker } from '../../conditions/segment-picker.tsx'
import type { RowDraft } from '../tree/node.ts'

interface InRowProps {
  draft: Extract<RowDraft, { kind: 'in' }>
  self: number | undefined
  onChange: (draft: RowDraft) => void
  wrong: boolean
}

/** *in the segment VIPs* */
export function InRow({ draft, self, onChange, wrong }: InRowProps) {
  return <SegmentPicker value={draft.segment} except={self} onChange={(segment) => onChange({ kind: 'in', segment })} error={wrong ? ' ' : null} />
}
