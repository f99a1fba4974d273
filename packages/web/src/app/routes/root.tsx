import { createRootRoute, Outlet, retainSearchParams } from '@tanstack/react-router'
import { NotFound } from '../not-found.tsx'

export interface RootSearch {
  /** The project on the screen; left out: the first. */
  project?: number
}

/** Above every page. `project` stays in the address from page to page. */
export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  validateSearch: (search: Record<string, unknown>): RootSearch => {
    const project = Number(search.project)
    return Number.isInteger(project) && project > 0 ? { project } : {}
  },
  search: { middlewares: [retainSearchParams(['project'])] },
})
