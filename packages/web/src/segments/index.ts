/**
 * Segments: `tree/` holds a definition while it is edited (pure), `builder/` the sentence that edits it, `list/` all segments, `templates/` ready
 * ones to start from, `page/` one segment with its members, versions and export. The builder is loaded by itself.
 */
export { SegmentsPage } from './list/segments-page.tsx'
export { SegmentPage } from './page/segment-page.tsx'
export { NeedList } from './templates/need-list.tsx'
export { TemplateCard } from './templates/template-card.tsx'
export { TemplateDialog } from './templates/template-dialog.tsx'
export { TemplatesPage } from './templates/templates-page.tsx'
export { useTemplates } from './templates/use-templates.ts'
