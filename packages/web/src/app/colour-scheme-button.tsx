import { ActionIcon, useMantineColorScheme } from '@mantine/core'
import { colourSchemes, nextScheme } from './colour-schemes.ts'

/** Light, dark or as the system says, one after the other; remembered in this browser. */
export function ColourSchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { label, icon: Icon } = colourSchemes[colorScheme]
  const next = nextScheme(colorScheme)
  const says = `Appearance: ${label}. Change to ${colourSchemes[next].label.toLowerCase()}`
  return (
    <ActionIcon variant="subtle" color="gray" c="var(--mantine-color-text)" aria-label={says} title={says} onClick={() => setColorScheme(next)}>
      <Icon size={18} stroke={1.6} aria-hidden />
    </ActionIcon>
  )
}
