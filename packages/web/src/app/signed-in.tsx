import { Box } from '@mantine/core'
import { Navigate, Outlet } from '@tanstack/react-router'
import { ApiError } from '../api/client.ts'
import { useMe } from '../api/session.ts'
import { Failure } from './loaded.tsx'
import { PagePending } from './page-pending.tsx'
import { Shell } from './shell.tsx'

/** Lets a signed-in reader through to the shell and sends everybody else to the sign-in page. */
export function SignedIn() {
  const me = useMe()
  if (me.error instanceof ApiError && me.error.status === 401) return <Navigate to="/login" replace />
  if (me.error) {
    return (
      <Box p="xl" maw={640} mx="auto">
        <Failure error={me.error} retry={me.refetch} />
      </Box>
    )
  }
  if (!me.data) return <PagePending />
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}
