import type { ImportInspection, ImportMappingInput, ImportState } from '@kindred/model'
import { Alert, Button, Group, Paper, Stack, Tabs, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatBytes, formatNumber, plural } from '../../app/format.ts'
import { ColumnTable } from './column-table.tsx'
import { EventPart } from './event-part.tsx'
import { mappingError } from './mapping-yaml.ts'
import { PersonPart } from './person-part.tsx'
import { YamlEditor } from './yaml-editor.tsx'

interface MappingEditorProps {
  inspection: ImportInspection
  mapping: ImportMappingInput
  onChange: (mapping: ImportMappingInput) => void
  /** Another file, or the import has started. */
  onLeave: () => void
}

/** Says what each column is; the guess is filled in. The same mapping as YAML is one tab away. */
export function MappingEditor({ inspection, mapping, onChange, onLeave }: MappingEditorProps) {
  const [typing, setTyping] = useState<string | null>(null)
  const part = { inspection, mapping, onChange }
  const error = typing ?? mappingError(mapping)
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Text c="dimmed">
          {formatBytes(inspection.bytes)}, {formatName(inspection)}, {formatNumber(inspection.columns.length)}{' '}
          {plural(inspection.columns.length, 'column', 'columns')}
        </Text>
        <Button variant="default" onClick={onLeave}>
          Choose another file
        </Button>
      </Group>
      {inspection.notes.map((note) => (
        <Alert key={note} color="gray" variant="outline">
          {note}
        </Alert>
      ))}
      <Tabs defaultValue="form" keepMounted={false}>
        <Tabs.List mb="lg" aria-label="Mapping">
          <Tabs.Tab value="form">What the columns are</Tabs.Tab>
          <Tabs.Tab value="yaml">YAML</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="form">
          <Stack gap="lg">
            <Paper withBorder p="lg" component="section">
              <PersonPart {...part} />
            </Paper>
            <Paper withBorder p="lg" component="section">
              <EventPart {...part} />
            </Paper>
            <Paper withBorder p="lg" component="section">
              <ColumnTable {...part} />
            </Paper>
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="yaml">
          <YamlEditor mapping={mapping} onChange={onChange} onError={setTyping} />
        </Tabs.Panel>
      </Tabs>
      <Start inspection={inspection} mapping={mapping} error={error} onStarted={onLeave} />
    </Stack>
  )
}

function formatName({ format, delimiter }: ImportInspection): string {
  if (format === 'jsonl') return 'JSON lines'
  return format === 'tsv'
    ? 'values apart by tabs'
    : `values apart by ${delimiter === ',' ? 'commas' : delimiter === ';' ? 'semicolons' : `“${delimiter ?? ','}”`}`
}

interface StartProps {
  inspection: ImportInspection
  mapping: ImportMappingInput
  error: string | null
  onStarted: () => void
}

function Start({ inspection, mapping, error, onStarted }: StartProps) {
  const project = useProjectId()
  const navigate = useNavigate()
  const refresh = useRefreshProject()
  const starting = useMutation({
    mutationFn: () => api.post<ImportState>(projectPath(project, 'imports'), { uploadId: inspection.uploadId, mapping }),
    onSuccess: async (state) => {
      await refresh('imports')
      await navigate({ to: '/data/imports/$importId', params: { importId: String(state.id) } })
      onStarted()
    },
  })
  return (
    <Stack gap="sm" align="flex-start">
      {error !== null && (
        <Alert color="orange" title="Not ready yet" role="status">
          {error}
        </Alert>
      )}
      {starting.error && (
        <Alert color="red" title="The import did not start" role="alert">
          {messageOf(starting.error)}
        </Alert>
      )}
      <Button onClick={() => starting.mutate()} loading={starting.isPending} disabled={error !== null}>
        Start the import
      </Button>
      <Text c="dimmed">Importing the same file again adds nothing twice. It can be cancelled and gone on with.</Text>
    </Stack>
  )
}
