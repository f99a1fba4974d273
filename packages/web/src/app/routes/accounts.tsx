import { createRoute } from '@tanstack/react-router'
import { readAccountsSearch } from '../../accounts/accounts-search.ts'
import { lazyPage } from '../lazy-page.tsx'
import { onlyReadable } from '../only-readable.ts'
import { signedInRoute } from './signed-in.tsx'

export const accountsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts',
  validateSearch: onlyReadable(readAccountsSearch),
  component: lazyPage(() => import('../../accounts/accounts-page.tsx'), 'AccountsPage'),
})

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/accounts/$accountId',
  component: lazyPage(() => import('../../accounts/account-page.tsx'), 'AccountPage'),
})
