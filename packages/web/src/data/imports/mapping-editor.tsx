import type { ImportInspection, ImportMappingInput, ImportState } from '@kindred/model'
import { Alert, Button, Group, Paper, Stack, Tabs, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId, useRefreshProject } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatBytes, formatNumber, plural } from '../../app/format.ts'
import { AccountPart } from './account-part.tsx'
import { ColumnTable } from './column-table.tsx'
import { EventPart } from './event-part.tsx'
import { fileRef } from './file-ref.ts'
import { KindPart } from './kind-part.tsx'
import { mappingError } from './mapping-yaml.ts'
import type { PartProps } from './part.ts'
import { PersonPart } from './person-part.tsx'
import { PreviewPart } from './preview-part.tsx'
import { SavedMappings } from './saved-mappings.tsx'
import { WritingPart } from './writing-part.tsx'
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
  const [taken, setTaken] = useState(0)
  const error = typing ?? mappingError(mapping)
  const use = (saved: ImportMappingInput) => {
    setTyping(null)
    onChange(saved)
    // What is typed as YAML begins anew.
    setTaken((times) => times + 1)
  }
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
      <SavedMappings mapping={mapping} isBroken={error !== null} onUse={use} />
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
          <Form inspection={inspection} mapping={mapping} onChange={onChange} />
        </Tabs.Panel>
        <Tabs.Panel value="yaml">
          <YamlEditor key={taken} mapping={mapping} onChange={onChange} onError={setTyping} />
        </Tabs.Panel>
      </Tabs>
      <Paper withBorder p="lg">
        <PreviewPart inspection={inspection} mapping={mapping} isBroken={error !== null} />
      </Paper>
      <Start inspection={inspection} mapping={mapping} error={error} onStarted={onLeave} />
    </Stack>
  )
}

function Form(part: PartProps) {
  const { mapping, inspection } = part
  const isText = inspection.format === 'csv' || inspection.format === 'tsv'
  const sections = [
    { name: 'kind', shown: true, content: <KindPart {...part} /> },
    { name: 'person', shown: mapping.person !== undefined, content: <PersonPart {...part} /> },
    { name: 'account', shown: mapping.account !== undefined, content: <AccountPart {...part} /> },
    { name: 'event', shown: mapping.event !== undefined, content: <EventPart {...part} /> },
    { name: 'writing', shown: isText && mapping.export === undefined, content: <WritingPart {...part} /> },
    { name: 'columns', shown: mapping.export === undefined, content: <ColumnTable {...part} /> },
  ]
  return (
    <Stack gap="lg">
      {sections
        .filter(({ shown }) => shown)
        .map(({ name, content }) => (
          <Paper key={name} withBorder p="lg" component="section">
            {content}
          </Paper>
        ))}
    </Stack>
  )
}

function formatName({ format, delimiter }: ImportInspection): string {
  if (format === 'jsonl') return 'JSON lines'
  if (format === 'parquet') return 'Parquet'
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
    mutationFn: () => api.post<ImportState>(projectPath(project, 'imports'), { ...fileRef(inspection), mapping }),
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
