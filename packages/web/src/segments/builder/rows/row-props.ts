import type { RowDraft } from '../../tree/row-draft.ts'

export interface RowProps<Draft extends RowDraft> {
  draft: Draft
  onChange: (draft: RowDraft) => void
  /** The server refused this row: marks what is missing. */
  wrong: boolean
}
