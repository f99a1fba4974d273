import type { SegmentationStep } from '@kindred/model'
import type { ComponentType } from 'react'
import { ApproachStep } from './approach-step.tsx'
import { DataStep } from './data-step.tsx'
import { GroupsStep } from './groups-step.tsx'
import { ObjectiveStep } from './objective-step.tsx'
import { ProblemStep } from './problem-step.tsx'
import { RevisionStep } from './revision-step.tsx'
import { ScopeStep } from './scope-step.tsx'
import type { StepProps } from './step-props.ts'
import { VariablesStep } from './variables-step.tsx'

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
