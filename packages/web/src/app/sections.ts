import { useLocation } from '@tanstack/react-router'
import { useAccountTypes } from '../accounts/use-account-types.ts'
import { type Icon, IconBuilding, IconChartLine, IconDatabase, IconHome, IconSettings, IconUser, IconUsersGroup } from './icons.tsx'

interface Section {
  to: '/' | '/insights' | '/segments' | '/people' | '/accounts' | '/data' | '/settings'
  label: string
  icon: Icon
  /** Where its pages are that do not lie below it. */
  also?: readonly string[]
  /** Hidden until the project has an account. */
  needsAccounts?: true
}

/** All there are, in order. */
const sections: readonly Section[] = [
  { to: '/', label: 'Home', icon: IconHome },
  { to: '/insights', label: 'Insights', icon: IconChartLine },
  { to: '/segments', label: 'Segments', icon: IconUsersGroup, also: ['/segmentations', '/guides'] },
  { to: '/people', label: 'People', icon: IconUser },
  { to: '/accounts', label: 'Accounts', icon: IconBuilding, needsAccounts: true },
  { to: '/data', label: 'Data', icon: IconDatabase },
  { to: '/settings', label: 'Settings', icon: IconSettings },
]

/** The left rail, and the bar of a phone, in order. */
export function useSections(): readonly Section[] {
  const hasAccounts = (useAccountTypes() ?? []).length > 0
  return sections.filter(({ needsAccounts }) => hasAccounts || needsAccounts === undefined)
}

/** The section that the page on the screen belongs to. */
export function useOpenSection(): Section['to'] | undefined {
  const path = useLocation({ select: ({ pathname }) => pathname })
  const holds = (start: string) => path === start || (start !== '/' && path.startsWith(`${start}/`))
  return sections.find(({ to, also = [] }) => [to, ...also].some(holds))?.to
}
