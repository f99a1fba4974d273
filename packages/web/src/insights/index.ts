/**
 * Insights: a question over events and its answer. `question/` holds the question, its address and its words; `answer/` what
 * came back; `chart/` the pictures (ECharts, a chunk of its own); `results/`, `builder/`, `explorer/` and `list/` the pages.
 */
export { InsightPage } from './explorer/insight-page.tsx'
export { InsightsPage } from './list/insights-page.tsx'
