import type { CompileContext } from '@kindred/engine'
import type { Project, SegmentationReport } from '@kindred/model'
import type { Parts } from '../parts.ts'

export type ReportParts = Pick<Parts, 'catalog' | 'clock' | 'ingest' | 'store'>
/** The groups of a segmentation, counted. */
export type Counted = Pick<SegmentationReport, 'unit' | 'inScope' | 'covered' | 'overlapping' | 'groups' | 'pairs'>

export interface Asking {
  parts: ReportParts
  project: Project
  context: CompileContext
}
