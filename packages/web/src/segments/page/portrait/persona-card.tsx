import type { Persona, Segment } from '@kindred/model'
import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useId, useState } from 'react'
import { useProjectQuery } from '../../../api/project.ts'
import { formatDateTime } from '../../../app/format.ts'
import { IconPencil } from '../../../app/icons.tsx'
import { Lines, Loaded } from '../../../app/loaded.tsx'
import { PersonaWords } from '../../persona-words.tsx'
import { PersonaForm } from './persona-form.tsx'

/** Whom the segment's people are like: read here and on each of them, written from what is counted. */
export function PersonaCard({ segment }: { segment: Segment }) {
  const id = useId()
  const query = useProjectQuery<{ persona: Persona | null }>(`segments/${segment.id}/persona`)
  const [writing, setWriting] = useState(false)
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Loaded query={query} skeleton={<Lines count={3} />}>
        {({ persona }) => (
          <>
            <Group justify="space-between" mb="xs">
              <Title order={2} size="h3" id={id}>
                {persona === null || writing ? 'Persona' : `Persona: ${persona.name}`}
              </Title>
              {!writing && (
                <Button
                  variant={persona === null ? 'filled' : 'default'}
                  size="xs"
                  leftSection={<IconPencil size={14} aria-hidden />}
                  onClick={() => setWriting(true)}
                >
                  {persona === null ? 'Write a persona' : 'Edit'}
                </Button>
              )}
            </Group>
            {writing ? (
              <PersonaForm segment={segment} persona={persona} onDone={() => setWriting(false)} />
            ) : persona === null ? (
              <Text c="dimmed">
                Give these people a face: a name, what they need, what holds them back, how to talk to them. A draft is made from the numbers on this page, and
                what you save shows on the profile of everyone in the segment.
              </Text>
            ) : (
              <>
                <PersonaWords persona={persona} />
                <Text size="xs" c="dimmed" mt="xs">
                  Written by {persona.author}, {formatDateTime(persona.at)}
                </Text>
              </>
            )}
          </>
        )}
      </Loaded>
    </Paper>
  )
}
