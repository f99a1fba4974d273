import './app/schemas-without-eval.ts'
import '@mantine/core/styles.css'
import './app/global.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/query-client.ts'
import { meQuery } from './api/session.ts'
import { NoticeArea } from './app/notice-area.tsx'
import { router } from './app/router.tsx'
import { cssVariables, theme } from './app/theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')

// Asked while the page's code loads, not after it; but for the pages that nobody has to be signed in for.
if (!['/login', '/shared'].includes(window.location.pathname)) void queryClient.prefetchQuery(meQuery)

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <NoticeArea />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
)
