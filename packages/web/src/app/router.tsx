import { createRouter } from '@tanstack/react-router'
import { PageFailure } from './page-failure.tsx'
import { PagePending } from './page-pending.tsx'
import { accountRoute, accountsRoute } from './routes/accounts.tsx'
import { dataTree } from './routes/data.tsx'
import { guideRoute, guidesRoute } from './routes/guides.tsx'
import { insightsTree } from './routes/insights.tsx'
import { peopleRoute, personRoute } from './routes/people.tsx'
import { rootRoute } from './routes/root.tsx'
import { compareRoute, overlapRoute, segmentationRoute, segmentationsRoute, sharedRoute } from './routes/segmentations.tsx'
import { segmentsTree } from './routes/segments.tsx'
import { homeRoute, loginRoute, settingsRoute, signedInRoute } from './routes/signed-in.tsx'

const routeTree = rootRoute.addChildren([
  loginRoute,
  sharedRoute,
  signedInRoute.addChildren([
    homeRoute,
    ...insightsTree,
    ...segmentsTree,
    peopleRoute,
    personRoute,
    accountsRoute,
    accountRoute,
    dataTree,
    guidesRoute,
    guideRoute,
    segmentationsRoute,
    segmentationRoute,
    overlapRoute,
    compareRoute,
    settingsRoute,
  ]),
])

/** Every page by its address. Each section is a chunk of its own, loaded when first pointed at. */
export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
