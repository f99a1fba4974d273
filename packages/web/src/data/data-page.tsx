import { Badge, Tabs } from '@mantine/core'
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useStatus } from '../api/project.ts'
import { Page } from '../app/page.tsx'
import { TabRow } from '../app/tab-row.tsx'

const tabs = [
  { to: '/data', label: 'Live events' },
  { to: '/data/definitions', label: 'Events and properties' },
  { to: '/data/roles', label: 'Event roles' },
  { to: '/data/traits', label: 'Traits' },
  { to: '/data/imports', label: 'Imports' },
  { to: '/data/sources', label: 'Sources' },
  { to: '/data/problems', label: 'Problems' },
  { to: '/data/privacy', label: 'Privacy' },
] as const

/** Where the data comes from, what it holds and what is wrong with it. */
export function DataPage() {
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { data: status } = useStatus()
  const current = tabs.findLast(({ to }) => pathname === to || pathname.startsWith(`${to}/`)) ?? tabs[0]
  const problems = status?.problems.length ?? 0
  return (
    <Page title="Data">
      <Tabs
        value={current.to}
        onChange={(to) => void navigate({ to: tabs.find((tab) => tab.to === to)?.to ?? '/data' })}
        activateTabWithKeyboard={false}
        keepMounted={false}
      >
        <TabRow label="Data" active={current.to}>
          {tabs.map(({ to, label }) => (
            <Tabs.Tab
              key={to}
              value={to}
              style={{ flex: 'none' }}
              rightSection={
                to === '/data/problems' && problems > 0 ? (
                  <Badge size="sm" color="orange" variant="light" c="var(--mantine-color-text)">
                    {problems}
                  </Badge>
                ) : null
              }
            >
              {label}
            </Tabs.Tab>
          ))}
        </TabRow>
        <Tabs.Panel value={current.to}>
          <Outlet />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
