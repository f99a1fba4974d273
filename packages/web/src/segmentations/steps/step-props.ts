import type { SegmentationReport, SegmentationSave } from '@kindred/model'

export interface StepProps {
  save: SegmentationSave
  change: (part: Partial<SegmentationSave>) => void
  /** As last counted; undefined until the first time. */
  report: SegmentationReport | undefined
}
