import { type MantineColorScheme, SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { colourSchemes } from '../app/colour-schemes.ts'
import { Section } from './section.tsx'

const schemes = Object.keys(colourSchemes) as MantineColorScheme[]

/** Light, dark, or as the system says, on this browser. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Section title="Appearance" says="On this browser only.">
      <SegmentedControl
        aria-label="Appearance"
        style={{ alignSelf: 'flex-start' }}
        data={schemes.map((value) => ({ value, label: colourSchemes[value].label }))}
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      />
    </Section>
  )
}
