import type { PersonSegment } from '@kindred/model'
import { Badge, Button, Collapse, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useProjectQuery } from '../api/project.ts'
import { formatDate } from '../app/format.ts'
import { TextLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { ChooseByHand } from './page/tabs/choose-by-hand.tsx'
import { WhyAnswer } from './page/tabs/why-answer.tsx'
import { PersonaWords } from './persona-words.tsx'

/** The segments a person is in, by the record, each with why; the others on demand. */
export function PersonSegments({ personId }: { personId: number }) {
  const query = useProjectQuery<{ results: PersonSegment[] }>(`people/${personId}/segments`)
  const [all, setAll] = useState(false)
  return (
    <section aria-labelledby="person-segments">
      <Title order={2} id="person-segments" mb="xs">
        Segments
      </Title>
      <Paper withBorder p="md">
        <Loaded query={query} skeleton={<Lines count={2} />}>
          {({ results }) => {
            const shown = all ? results : results.filter(({ member, choice }) => member || choice !== null)
            return (
              <Stack gap="sm">
                {shown.length === 0 && <Text c="dimmed">In no segment.</Text>}
                {shown.map((segment) => (
                  <OneSegment key={segment.id} segment={segment} personId={personId} />
                ))}
                {results.length > shown.length && (
                  <Button size="xs" variant="subtle" w="fit-content" onClick={() => setAll(true)}>
                    Show the others too ({results.length - shown.length})
                  </Button>
                )}
              </Stack>
            )
          }}
        </Loaded>
      </Paper>
    </section>
  )
}

function OneSegment({ segment, personId }: { segment: PersonSegment; personId: number }) {
  const [open, setOpen] = useState(false)
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <TextLink to="/segments/$segmentId" params={{ segmentId: String(segment.id) }} style={{ overflowWrap: 'anywhere' }}>
          {segment.name}
        </TextLink>
        <Badge variant="light" color={segment.member ? 'lagoon' : 'gray'} c="var(--mantine-color-text)">
          {segment.member ? 'In' : 'Not in'}
        </Badge>
        {segment.choice !== null && (
          <Badge variant="outline" color="gray" c="var(--mantine-color-text)">
            By hand
          </Badge>
        )}
        {segment.since !== null && (
          <Text size="xs" c="dimmed">
            since {formatDate(segment.since)}
          </Text>
        )}
        <Button size="compact-xs" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)} aria-label={`Why: ${segment.name}`}>
          Why?
        </Button>
      </Group>
      {segment.member && segment.persona !== null && (
        <Paper withBorder p="sm">
          <Text fw={600} mb={4}>
            Persona: {segment.persona.name}
          </Text>
          <PersonaWords persona={segment.persona} columns={1} />
        </Paper>
      )}
      <Collapse expanded={open}>
        {open && (
          <Stack gap="xs">
            <WhyAnswer segmentId={segment.id} personId={personId} />
            <ChooseByHand segmentId={segment.id} personId={personId} />
          </Stack>
        )}
      </Collapse>
    </Stack>
  )
}
