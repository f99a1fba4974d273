import { createRoute } from '@tanstack/react-router'
import { readSegmentsSearch } from '../../segments/list/segments-search.ts'
import { lazyPage } from '../lazy-page.tsx'
import { onlyReadable } from '../only-readable.ts'
import { signedInRoute } from './signed-in.tsx'

type OpenSearch = Record<string, unknown>
const open = (search: OpenSearch): OpenSearch => search
const load = () => import('../../segments/index.ts')
/** The builder is a chunk of its own: reading a segment needs none of its fields. */
const loadBuilder = () => import('../../segments/builder/builder-page.tsx')

const segmentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segments',
  validateSearch: onlyReadable(readSegmentsSearch),
  component: lazyPage(load, 'SegmentsPage'),
})

const templatesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segments/templates',
  validateSearch: open,
  component: lazyPage(load, 'TemplatesPage'),
})

/** The builder, empty or filled from the address. */
const newSegmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segments/new',
  validateSearch: open,
  component: lazyPage(loadBuilder, 'SegmentBuilderPage'),
})

const segmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segments/$segmentId',
  validateSearch: open,
  component: lazyPage(load, 'SegmentPage'),
})

const editSegmentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/segments/$segmentId/edit',
  validateSearch: open,
  component: lazyPage(loadBuilder, 'SegmentBuilderPage'),
})

export const segmentsTree = [segmentsRoute, templatesRoute, newSegmentRoute, segmentRoute, editSegmentRoute] as const
