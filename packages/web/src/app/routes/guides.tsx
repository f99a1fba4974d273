import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from './signed-in.tsx'

const load = () => import('../../guides/index.ts')

export const guidesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/guides',
  component: lazyRouteComponent(load, 'GuidesPage'),
})

export const guideRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/guides/$guideId',
  component: lazyRouteComponent(load, 'GuidePage'),
})
