import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { EmptyState } from './empty-state.tsx'
import { missingWords } from './error-message.ts'
import { ButtonLink } from './links.tsx'
import { Failure, Loaded } from './loaded.tsx'
import { Page } from './page.tsx'
import { PagePending } from './page-pending.tsx'

type Read<Data> = Pick<UseQueryResult<Data>, 'data' | 'error' | 'isPending' | 'refetch'>

/** A whole page that hangs on something read: grey until it is here; where it cannot be had, a page that says why and leads on. */
export function LoadedPage<Data>({ query, children }: { query: Read<Data>; children: (data: Data) => ReactNode }) {
  if (query.data !== undefined || query.error === null) {
    return (
      <Loaded query={query} skeleton={<PagePending />}>
        {children}
      </Loaded>
    )
  }
  return <FailedPage error={query.error} retry={query.refetch} />
}

/** What is asked for is not there, or could not be read. */
export function FailedPage({ error, retry }: { error: unknown; retry: () => unknown }) {
  const missing = missingWords(error)
  return (
    <Page title={missing === null ? 'Not loaded' : 'Not found'} freshness={false}>
      {missing === null ? (
        <Failure error={error} retry={retry} />
      ) : (
        <EmptyState title={missing} action={<ButtonLink to="/">Go to Home</ButtonLink>}>
          The link may be old, or it was deleted.
        </EmptyState>
      )}
    </Page>
  )
}
