import type { Approach, ProblemArea, SegmentationReport, SegmentationStep } from '@kindred/model'

export const areaWords: Record<ProblemArea, { name: string; says: string }> = {
  sales: { name: 'Sales', says: 'Who the best prospects are, and what eases their way' },
  support: { name: 'Support', says: 'Which channels and help each kind of customer needs' },
  product: { name: 'Product', says: 'What is most in demand, and what each kind expects' },
  organisation: { name: 'Organisation', says: 'Words for customers that every team shares' },
}

export const approachWords: Record<Approach, { name: string; says: string }> = {
  performance: { name: 'Performance', says: 'By business model, vertical and worth: shows which customers carry the business' },
  personas: { name: 'Personas', says: 'By who people are and what they care about: shows what makes them buy' },
  channels: { name: 'Channels and sales motions', says: 'By how customers are reached and won: shows where money and time belong' },
}

/** The steps in their order. */
export const stepWords: Record<SegmentationStep, string> = {
  problem: 'Problem',
  objective: 'Objective',
  scope: 'Scope',
  data: 'Data plan',
  variables: 'Variables',
  approach: 'Approach',
  groups: 'Segments',
  revision: 'Revision',
}

/** Whom the segments hold; people until they were counted. */
export const whomOf = (report: Pick<SegmentationReport, 'unit'> | undefined) => (report?.unit === 'account' ? 'accounts' : 'people')
