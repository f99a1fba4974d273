import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readPeopleSearch } from '../../people/people-search.ts'
import { signedInRoute } from './signed-in.tsx'

export const peopleRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people',
  validateSearch: readPeopleSearch,
  component: lazyRouteComponent(() => import('../../people/people-page.tsx'), 'PeoplePage'),
})

export const personRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/people/$personId',
  component: lazyRouteComponent(() => import('../../people/person-page.tsx'), 'PersonPage'),
})
