import { createRoute } from '@tanstack/react-router'
import { readLiveSearch } from '../../data/live/live-search.ts'
import { lazyPage } from '../lazy-page.tsx'
import { signedInRoute } from './signed-in.tsx'

const dataRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/data',
  component: lazyPage(() => import('../../data/data-page.tsx'), 'DataPage'),
})

const liveRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/',
  validateSearch: readLiveSearch,
  component: lazyPage(() => import('../../data/live/live-events.tsx'), 'LiveEvents'),
})

const definitionsRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/definitions',
  validateSearch: (raw: Record<string, unknown>): { find?: string; show?: 'event' | 'person' | 'standard'; which?: 'hidden' | 'all' } => ({
    ...(raw.find === undefined || raw.find === '' ? {} : { find: String(raw.find) }),
    ...(raw.show === 'event' || raw.show === 'person' || raw.show === 'standard' ? { show: raw.show } : {}),
    ...(raw.which === 'hidden' || raw.which === 'all' ? { which: raw.which } : {}),
  }),
  component: lazyPage(() => import('../../data/definitions/definitions.tsx'), 'Definitions'),
})

const rolesRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/roles',
  component: lazyPage(() => import('../../data/roles/roles.tsx'), 'Roles'),
})

const traitsRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/traits',
  component: lazyPage(() => import('../../traits/traits-page.tsx'), 'TraitsPage'),
})

const importsRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/imports',
  component: lazyPage(() => import('../../data/imports/import-list.tsx'), 'ImportList'),
})

const newImportRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/imports/new',
  component: lazyPage(() => import('../../data/imports/import-wizard.tsx'), 'ImportWizard'),
})

const importRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/imports/$importId',
  component: lazyPage(() => import('../../data/imports/import-progress.tsx'), 'ImportProgress'),
})

const sourcesRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/sources',
  component: lazyPage(() => import('../../data/sources/sources.tsx'), 'Sources'),
})

const problemsRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/problems',
  component: lazyPage(() => import('../../data/problems/problems.tsx'), 'Problems'),
})

const privacyRoute = createRoute({
  getParentRoute: () => dataRoute,
  path: '/privacy',
  component: lazyPage(() => import('../../privacy/privacy-page.tsx'), 'PrivacyPage'),
})

export const dataTree = dataRoute.addChildren([
  liveRoute,
  definitionsRoute,
  rolesRoute,
  traitsRoute,
  importsRoute,
  newImportRoute,
  importRoute,
  sourcesRoute,
  problemsRoute,
  privacyRoute,
])
