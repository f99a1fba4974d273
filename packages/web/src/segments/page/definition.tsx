import type { Segment, SegmentForms } from '@kindred/model'
import { Button, Group, Paper, SegmentedControl, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { CopyButton } from '../../app/copy-button.tsx'
import { ButtonLink } from '../../app/links.tsx'
import { Loaded } from '../../app/loaded.tsx'

/** The rule in its three forms: the sentence, YAML and JSON. */
export function Definition({ segment }: { segment: Segment }) {
  const project = useProjectId()
  const [form, setForm] = useState<'yaml' | 'json'>('yaml')
  const text = JSON.stringify(segment.definition)
  const forms = useQuery({
    queryKey: ['project', project, 'segments/read', text],
    queryFn: ({ signal }) => api.post<SegmentForms>(projectPath(project, 'segments/read'), { text, form: 'json' }, { signal }),
  })
  return (
    <Loaded query={forms}>
      {(written) => (
        <Stack>
          <Text>{written.sentence}</Text>
          <Group justify="space-between">
            <SegmentedControl
              aria-label="Form"
              data={[
                { value: 'yaml', label: 'YAML' },
                { value: 'json', label: 'JSON' },
              ]}
              value={form}
              onChange={(value) => setForm(value as 'yaml' | 'json')}
            />
            <Group gap="xs">
              <CopyButton value={written[form]}>
                {({ copied, copy }) => (
                  <Button variant="default" onClick={copy}>
                    {copied ? 'Copied' : 'Copy'}
                  </Button>
                )}
              </CopyButton>
              <ButtonLink to="/segments/$segmentId/edit" params={{ segmentId: String(segment.id) }}>
                Open in the builder
              </ButtonLink>
            </Group>
          </Group>
          <Paper
            withBorder
            p="md"
            component="pre"
            m={0}
            fz={13}
            ff="monospace"
            style={{ overflowX: 'auto' }}
            tabIndex={0}
            aria-label={`The definition as ${form.toUpperCase()}`}
          >
            {written[form]}
          </Paper>
        </Stack>
      )}
    </Loaded>
  )
}
