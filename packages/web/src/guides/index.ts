/** Industry guides: what an industry cares about, in text the team may change, with its templates and reports. */
export { GuidePage } from './guide-page.tsx'
export { GuidesPage } from './guides-page.tsx'
