import { createRoute } from '@tanstack/react-router'
import { lazyPage } from '../lazy-page.ts'
import { readAccountsSearch } from '../../accounts/accounts-search.ts'
import { signedInRoute } from './signed-in.tsx'

export const accountsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts',
  validateSearch: readAccountsSearch,
  component: lazyPage(() => import('../../accounts/accounts-page.tsx'), 'AccountsPage'),
})

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts/$accountId',
  component: lazyPage(() => import('../../accounts/account-page.tsx'), 'AccountPage'),
})
