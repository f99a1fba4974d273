import { type SegmentationSave, segmentationSave } from '@kindred/model'

/** A segmentation with nothing in it but its name. */
export function newSegmentation(name: string): SegmentationSave {
  return segmentationSave.parse({ name })
}
