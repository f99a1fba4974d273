import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readAccountsSearch } from '../../accounts/accounts-search.ts'
import { signedInRoute } from './signed-in.tsx'

export const accountsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts',
  validateSearch: readAccountsSearch,
  component: lazyRouteComponent(() => import('../../accounts/accounts-page.tsx'), 'AccountsPage'),
})

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts/$accountId',
  component: lazyRouteComponent(() => import('../../accounts/account-page.tsx'), 'AccountPage'),
})
