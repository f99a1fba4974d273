import { createRoute } from '@tanstack/react-router'
import { readPeopleSearch } from '../../people/people-search.ts'
import { lazyPage } from '../lazy-page.tsx'
import { onlyReadable } from '../only-readable.ts'
import { signedInRoute } from './signed-in.tsx'

export const peopleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people',
  validateSearch: onlyReadable(readPeopleSearch),
  component: lazyPage(() => import('../../people/people-page.tsx'), 'PeoplePage'),
})

export const personRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/$personId',
  component: lazyPage(() => import('../../people/person-page.tsx'), 'PersonPage'),
})
