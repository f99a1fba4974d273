import type { ListUpload, Page, Segment } from '@kindred/model'
import { Alert, Button, Checkbox, FileInput, Group, List, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { apiUrl } from '../../../api/client.ts'
import { projectPath, useProjectId, useProjectQuery, useRefreshProject } from '../../../api/project.ts'
import { uploadFile } from '../../../api/upload.ts'
import { messageOf } from '../../../app/error-message.ts'
import { formatDateTime, formatNumber } from '../../../app/format.ts'
import { PropertyPicker } from '../../../data/property-picker.tsx'

const waysToName = [
  { value: 'email', label: 'Their e-mail address' },
  { value: 'distinct_id', label: 'The id that senders know them by' },
  { value: 'property', label: 'Another property' },
]

/** Fills a list from a CSV file, and tells what came of every row. */
export function FillList({ segment }: { segment: Segment }) {
  const project = useProjectId()
  const refresh = useRefreshProject()
  const [file, setFile] = useState<File | null>(null)
  const [way, setWay] = useState('email')
  const [property, setProperty] = useState('')
  const by = way === 'property' ? property : way
  const [column, setColumn] = useState('')
  const [create, setCreate] = useState(false)
  const path = `segments/${segment.id}/list/uploads`
  const uploads = useProjectQuery<Page<ListUpload>>(path)
  const filling = useMutation({
    mutationFn: (chosen: File) =>
      uploadFile<ListUpload>(projectPath(project, path), chosen, {
        query: { name: chosen.name, by, column: column.trim() || undefined, unknown: create && makes ? 'create' : 'report' },
        signal: new AbortController().signal,
        onProgress: () => undefined,
      }),
    onSuccess: () => setFile(null),
    // What was added before a file broke is in the list too.
    onSettled: () => refresh(),
  })
  const makes = by === 'email' || by === 'distinct_id'
  return (
    <Stack maw={560} gap="xs">
      <FileInput
        label="CSV file with a header"
        accept=".csv,text/csv"
        value={file}
        onChange={setFile}
        clearable
        clearButtonProps={{ 'aria-label': 'Remove the file' }}
      />
      <Select label="People are named by" data={waysToName} value={way} onChange={(value) => setWay(value ?? 'email')} allowDeselect={false} />
      {way === 'property' && (
        <PropertyPicker
          label="Property whose values tell people apart"
          withLabel
          of={['person']}
          value={property === '' ? null : { of: 'person', name: property }}
          onChange={({ name }) => setProperty(name)}
        />
      )}
      <TextInput label="Column" description="Left empty: the first" value={column} onChange={(event) => setColumn(event.currentTarget.value)} />
      <Checkbox
        label="Make people who are not known yet"
        checked={create && makes}
        disabled={!makes}
        onChange={(event) => setCreate(event.currentTarget.checked)}
      />
      <Button w="fit-content" disabled={file === null || by.trim() === ''} loading={filling.isPending} onClick={() => file !== null && filling.mutate(file)}>
        Fill the list
      </Button>
      {filling.error && (
        <Alert color="red" role="alert">
          {messageOf(filling.error)}
        </Alert>
      )}
      {(uploads.data?.results ?? []).length > 0 && (
        <List size="sm">
          {uploads.data?.results.map((upload) => (
            <List.Item key={upload.id}>
              <Group gap="xs">
                <Text size="sm">
                  {upload.name}, {formatDateTime(upload.at)}: {formatNumber(upload.added + upload.created)} added, {formatNumber(upload.already)} were in it,{' '}
                  {formatNumber(upload.refused)} not taken.{upload.error !== null && ` Only a part of the file: ${upload.error}`}
                </Text>
                <Button component="a" size="compact-xs" variant="subtle" href={apiUrl(projectPath(project, `${path}/${upload.id}/report`))} download>
                  Every row
                </Button>
              </Group>
            </List.Item>
          ))}
        </List>
      )}
    </Stack>
  )
}
