import { Paper, SegmentedControl, Stack, Text, Title, useMatches } from '@mantine/core'
import { useState } from 'react'
import { useProject } from '../../api/project.ts'
import { CopyField } from '../../app/copy-field.tsx'
import { TextLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'
import { FirstEvent } from './first-event.tsx'
import { type SourceKind, sources } from './set-up.ts'
import { Snippet } from './snippet.tsx'

/** How to send events: copy, paste, and see the first one arrive. */
export function Sources() {
  const project = useProject()
  const orientation = useMatches({ base: 'vertical', sm: 'horizontal' } as const)
  const [kind, setKind] = useState<SourceKind>('site')
  return (
    <Loaded query={project}>
      {({ token }) => {
        const setUp = sources[kind]
        const { steps, says } = setUp
        return (
          <Stack gap="lg" maw={880}>
            <Paper withBorder p="lg">
              <Stack>
                <SegmentedControl
                  aria-label="Source"
                  fullWidth
                  orientation={orientation}
                  data={(Object.keys(sources) as SourceKind[]).map((value) => ({ value, label: sources[value].label }))}
                  value={kind}
                  onChange={(value) => setKind(value as SourceKind)}
                />
                <Text c="dimmed">{says}</Text>
                <FirstEvent key={kind} setUp={setUp} />
                {steps({ token, host: window.location.origin }).map((step) => (
                  <Snippet key={step.title} {...step} />
                ))}
              </Stack>
            </Paper>
            <Paper withBorder p="lg" component="section">
              <Title order={2} mb="xs">
                Project token
              </Title>
              <Text c="dimmed" mb="sm">
                Names this project to the SDKs. It can only send, so it may stand in a public page.
              </Text>
              <CopyField label="Token" value={token} />
            </Paper>
            <Text c="dimmed">
              Have a file instead?{' '}
              <TextLink to="/data/imports/new" underline="always">
                Import it
              </TextLink>
              .
            </Text>
          </Stack>
        )
      }}
    </Loaded>
  )
}
