import type { MantineColorScheme } from '@mantine/core'
import { type Icon, IconDeviceDesktop, IconMoon, IconSun } from './icons.tsx'

export const colourSchemes: Record<MantineColorScheme, { label: string; icon: Icon }> = {
  auto: { label: 'As the system', icon: IconDeviceDesktop },
  light: { label: 'Light', icon: IconSun },
  dark: { label: 'Dark', icon: IconMoon },
}

const order = ['auto', 'light', 'dark'] as const

export const nextScheme = (scheme: MantineColorScheme): MantineColorScheme => order[(order.indexOf(scheme) + 1) % order.length] ?? 'auto'
