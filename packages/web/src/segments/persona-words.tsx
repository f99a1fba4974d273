import type { Persona } from '@kindred/model'
import { SimpleGrid, Text } from '@mantine/core'

const parts = [
  { key: 'needs', label: 'Needs' },
  { key: 'objections', label: 'What holds them back' },
  { key: 'talk', label: 'How to talk to them' },
] as const

interface PersonaWordsProps {
  persona: Pick<Persona, 'needs' | 'objections' | 'talk'>
  /** Beside each other where there is room; on a profile below each other. */
  columns?: 1 | 3
}

/** What a persona says, without its name; what was left empty is left out. */
export function PersonaWords({ persona, columns = 3 }: PersonaWordsProps) {
  const written = parts.filter(({ key }) => persona[key] !== '')
  return (
    <SimpleGrid cols={columns === 1 ? 1 : { base: 1, sm: 3 }} spacing="md" verticalSpacing="xs">
      {written.map(({ key, label }) => (
        <div key={key}>
          <Text size="xs" c="dimmed">
            {label}
          </Text>
          <Text style={{ whiteSpace: 'pre-line', overflowWrap: 'anywhere' }}>{persona[key]}</Text>
        </div>
      ))}
    </SimpleGrid>
  )
}
