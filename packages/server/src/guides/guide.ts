import type { TrendsInput } from '@kindred/model'
import type { Need, TemplateData } from '../templates/template.ts'

/** What one industry does with customers: text to read and to change, with the segments and the questions that belong to it. */
export interface Guide {
  /** Stable: the address of its page. */
  readonly id: string
  /** As accounts name it. */
  readonly industry: string
  /** Whether it still needs the team's own knowledge, which its page says. */
  readonly draft: boolean
  /** The headings of `guideHeadings` as `## …`, paragraphs, `- ` lists and **bold**. */
  readonly text: string
  /** Ids of templates. */
  readonly templates: readonly string[]
  readonly reports: readonly Report[]
}
export interface Report {
  readonly name: string
  readonly says: string
  /** Beside the events it asks about by their roles, which follow from the question. */
  readonly needs?: readonly Need[]
  query(data: Pick<TemplateData, 'property' | 'propertyRole'>): TrendsInput
}

/** Every guide has these, in this order. */
export const guideHeadings = ['Description', 'What they care about', 'Terminology', 'Common software', 'Metrics', 'Data', 'Features to use'] as const
