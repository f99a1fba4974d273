import type { Me } from '@kindred/model'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { api, keepCsrf } from './client.ts'
import { queryClient } from './query-client.ts'

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => keepSession(await api.get<Me>('me', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
})

/** Who is signed in, with the projects they may open. An `auth/required` error where nobody is. */
export const useMe = () => useQuery(meQuery)

function keepSession(me: Me): Me {
  keepCsrf(me.csrf)
  return me
}

/** Spends a sign-in link's token. Throws `auth/link-spent`. */
export async function signIn(token: string): Promise<Me> {
  const me = keepSession(await api.post<Me>('login', { token }))
  queryClient.setQueryData(meQuery.queryKey, me)
  return me
}

/** Ends the session and forgets everything that was read in it. */
export async function signOut(): Promise<void> {
  await api.post('logout')
  keepCsrf(null)
  queryClient.clear()
}
