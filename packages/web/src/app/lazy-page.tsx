import { lazyRouteComponent } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ApiError } from '../api/client.ts'
import { notifyError } from './notify.ts'
import { PagePending } from './page-pending.tsx'

const pause = 2000

/**
 * A page whose code loads when it is first opened. Where Kindred is stopped just then, the shell stays, says so and goes on by itself once it is back;
 * the router alone would reload the window into the browser's own error page. A page that an upgrade took away is reloaded, which is the router's way.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) => lazyRouteComponent(patient(load, String(name ?? 'default')), name)

function patient<Module>(load: () => Promise<Module>, name: string): () => Promise<Module> {
  return async () => {
    try {
      return await load()
    } catch (error) {
      if (await isThere()) throw error
      notifyError(new ApiError({ code: 'network/unreachable', message: 'Kindred cannot be reached. The page opens once it is back.' }, 0))
      do await new Promise((resolve) => setTimeout(resolve, pause))
      while (!(await isThere()))
      return { [name]: Reloaded } as Module
    }
  }
}

/** A style sheet that failed is not asked for again, so the window starts anew; its address holds what was asked. */
function Reloaded() {
  useEffect(() => window.location.reload(), [])
  return <PagePending />
}

const isThere = (): Promise<boolean> =>
  fetch('/', { cache: 'no-store' }).then(
    () => true,
    () => false,
  )
