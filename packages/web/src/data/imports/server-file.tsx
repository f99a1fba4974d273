import type { ImportInspection } from '@kindred/model'
import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'

/** A file that lies on the server already: nothing has to be sent. */
export function ServerFile({ onInspected }: { onInspected: (inspection: ImportInspection) => void }) {
  const project = useProjectId()
  const [path, setPath] = useState('')
  const inspecting = useMutation({
    mutationFn: () => api.post<ImportInspection>(projectPath(project, 'imports/inspect-path'), { path: path.trim() }),
    onSuccess: onInspected,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    inspecting.mutate()
  }
  return (
    <Stack gap="sm">
      <form onSubmit={submit}>
        <Group align="flex-end" gap="sm">
          <TextInput
            label="Or a file on the server"
            description="Its path below the folder that KINDRED_IMPORT_ROOT names."
            placeholder="exports/orders.parquet"
            value={path}
            onChange={(event) => setPath(event.currentTarget.value)}
            style={{ flex: '1 1 280px' }}
          />
          <Button type="submit" variant="default" loading={inspecting.isPending} disabled={path.trim() === ''}>
            Look into it
          </Button>
        </Group>
      </form>
      {inspecting.error && (
        <Alert color="red" role="alert" title="This file could not be read">
          {messageOf(inspecting.error)}
        </Alert>
      )}
    </Stack>
  )
}
