import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../lazy-page.tsx'
import { SignedIn } from '../signed-in.tsx'
import { rootRoute } from './root.tsx'

/** The pages of a signed-in reader, inside the shell. */
export const signedInRoute = createRoute({ getParentRoute: () => rootRoute, id: 'signed-in', component: SignedIn })

export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  component: lazyPage(() => import('../../home/home-page.tsx'), 'HomePage'),
})

export const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings',
  component: lazyPage(() => import('../../settings/settings-page.tsx'), 'SettingsPage'),
})

/** Outside the shell: nobody is signed in yet. */
export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: lazyPage(() => import('../../login/login-page.tsx'), 'LoginPage'),
})
