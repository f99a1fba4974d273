/** Segmentations: `steps/` asks for each step, `report.tsx` tells the whole to others, `shared-page.tsx` is what a link opens. */
export { ComparePage } from './compare-page.tsx'
export { OverlapPage } from './overlap-page.tsx'
export { SegmentationPage } from './segmentation-page.tsx'
export { SegmentationsPage } from './segmentations-page.tsx'
export { SharedPage } from './shared-page.tsx'
