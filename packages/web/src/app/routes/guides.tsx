import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../lazy-page.tsx'
import { signedInRoute } from './signed-in.tsx'

const load = () => import('../../guides/index.ts')

export const guidesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/guides',
  component: lazyPage(load, 'GuidesPage'),
})

export const guideRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/guides/$guideId',
  component: lazyPage(load, 'GuidePage'),
})
