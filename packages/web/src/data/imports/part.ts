import type { ImportInspection, ImportMappingInput } from '@kindred/model'

/** What every part of the mapping form gets. */
export interface PartProps {
  inspection: ImportInspection
  mapping: ImportMappingInput
  onChange: (mapping: ImportMappingInput) => void
}
