import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { SignedIn } from '../signed-in.tsx'
import { rootRoute } from './root.tsx'

/** The pages of a signed-in reader, inside the shell. */
export const signedInRoute = createRoute({ getParentRoute: () => rootRoute, id: 'signed-in', component: SignedIn })

export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: lazyRouteComponent(() => import('../../home/home-page.tsx'), 'HomePage'),
})

export const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('../../settings/settings-page.tsx'), 'SettingsPage'),
})

/** Outside the shell: nobody is signed in yet. */
export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: lazyRouteComponent(() => import('../../login/login-page.tsx'), 'LoginPage'),
})
