import type { SegmentationReport, SegmentationSave, SegmentationStep } from '@kindred/model'
import type { ComponentType } from 'react'
import { ApproachStep } from './approach-step.tsx'
import { DataStep } from './data-step.tsx'
import { GroupsStep } from './groups-step.tsx'
import { ObjectiveStep } from './objective-step.tsx'
import { ProblemStep } from './problem-step.tsx'
import { RevisionStep } from './revision-step.tsx'
import { ScopeStep } from './scope-step.tsx'
import { VariablesStep } from './variables-step.tsx'

export interface StepProps {
  save: SegmentationSave
  change: (part: Partial<SegmentationSave>) => void
  /** As last counted; undefined until the first time. */
  report: SegmentationReport | undefined
}

/** What each step asks. */
export const steps: Record<SegmentationStep, ComponentType<StepProps>> = {
  problem: ProblemStep,
  objective: ObjectiveStep,
  scope: ScopeStep,
  data: DataStep,
  variables: VariablesStep,
  approach: ApproachStep,
  groups: GroupsStep,
  revision: RevisionStep,
}
