import { createRoute } from '@tanstack/react-router'
import { readCompareSearch, readOverlapSearch } from '../../segmentations/read-search.ts'
import { lazyPage } from '../lazy-page.tsx'
import { onlyReadable } from '../only-readable.ts'
import { rootRoute } from './root.tsx'
import { signedInRoute } from './signed-in.tsx'

const load = () => import('../../segmentations/index.ts')
const open = (search: Record<string, unknown>): Record<string, unknown> => search

export const segmentationsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segmentations',
  component: lazyPage(load, 'SegmentationsPage'),
})

export const segmentationRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segmentations/$segmentationId',
  validateSearch: open,
  component: lazyPage(load, 'SegmentationPage'),
})

export const overlapRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segments/overlap',
  validateSearch: onlyReadable(readOverlapSearch),
  component: lazyPage(load, 'OverlapPage'),
})

export const compareRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segments/compare',
  validateSearch: onlyReadable(readCompareSearch),
  component: lazyPage(load, 'ComparePage'),
})

/** Outside the shell: whoever has a link is not signed in. */
export const sharedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/shared',
  component: lazyPage(load, 'SharedPage'),
})
