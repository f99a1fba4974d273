import { type Icon, IconChartLine, IconDatabase, IconHome, IconSettings, IconUser, IconUsersGroup } from '@tabler/icons-react'

interface Section {
  to: '/' | '/insights' | '/segments' | '/people' | '/data' | '/settings'
  label: string
  icon: Icon
}

/** The left rail, and the bar of a phone, in order. */
export const sections: readonly Section[] = [
  { to: '/', label: 'Home', icon: IconHome },
  { to: '/insights', label: 'Insights', icon: IconChartLine },
  { to: '/segments', label: 'Segments', icon: IconUsersGroup },
  { to: '/people', label: 'People', icon: IconUser },
  { to: '/data', label: 'Data', icon: IconDatabase },
  { to: '/settings', label: 'Settings', icon: IconSettings },
]
