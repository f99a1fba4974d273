import { lazyRouteComponent } from '@tanstack/react-router'
import { ApiError } from '../api/client.ts'
import { notifyError } from './notify.ts'

const pause = 2000

/**
 * A page whose code loads when it is first opened. Where Kindred is stopped just then, the shell stays, says so and goes on by itself once it is back;
 * the router alone would reload the window into the browser's own error page. A page that an upgrade took away is reloaded, which is the router's way.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(patient(load), name)

function patient<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    for (let isFirst = true; ; isFirst = false) {
      try {
        return await load()
      } catch (error) {
        if (await isThere()) throw error
        if (isFirst) notifyError(new ApiError({ code: 'network/unreachable', message: 'Kindred cannot be reached. This page opens once it is back.' }, 0))
        do await new Promise((resolve) => setTimeout(resolve, pause))
        while (!(await isThere()))
      }
    }
  }
}

const isThere = (): Promise<boolean> =>
  fetch('/', { cache: 'no-store' }).then(
    () => true,
    () => false,
  )
