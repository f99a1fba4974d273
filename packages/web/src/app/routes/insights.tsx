import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../lazy-page.tsx'
import { signedInRoute } from './signed-in.tsx'

/** The section reads its own search: a question is checked by its schema, which loads with the section. */
type OpenSearch = Record<string, unknown>
const open = (search: OpenSearch): OpenSearch => search
const load = () => import('../../insights/index.ts')

/** Saved insights. */
const insightsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/insights',
  validateSearch: open,
  component: lazyPage(load, 'InsightsPage'),
})

/** A question that lives in its address. */
const newInsightRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/insights/new',
  validateSearch: open,
  component: lazyPage(load, 'InsightPage'),
})

/** A saved question, with what was changed since in the address. */
const insightRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/insights/$insightId',
  validateSearch: open,
  component: lazyPage(load, 'InsightPage'),
})

export const insightsTree = [insightsRoute, newInsightRoute, insightRoute] as const
