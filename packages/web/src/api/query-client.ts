import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './client.ts'

/** Answers stay fresh for 15 s; only an unreachable or busy server is tried again by itself. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
      refetchOnWindowFocus: false,
    },
  },
})
