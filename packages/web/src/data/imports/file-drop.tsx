import type { ImportInspection } from '@kindred/model'
import { Alert, Button, FileButton, Group, Loader, Stack, Text } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatBytes } from '../../app/format.ts'
import classes from './file-drop.module.css'

/** Takes a file, by choice or by drop, and asks the server what is in it. Nothing is imported yet. */
export function FileDrop({ onInspected }: { onInspected: (inspection: ImportInspection) => void }) {
  const project = useProjectId()
  const [over, setOver] = useState(false)
  const stop = useRef<AbortController>(null)
  const inspecting = useMutation({
    mutationFn: (file: File) => {
      stop.current = new AbortController()
      return api.post<ImportInspection>(projectPath(project, 'imports/inspect'), file, { query: { name: file.name }, signal: stop.current.signal })
    },
    onSuccess: onInspected,
  })
  const take = (file: File | null | undefined) => file && inspecting.mutate(file)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  const cancelled = stop.current?.signal.aborted === true
  return (
    <Stack maw={720}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the drop adds to the button inside, which does the same by keyboard */}
      <div
        className={classes.drop}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {inspecting.isPending ? (
          <Group role="status">
            <Loader size="sm" aria-hidden />
            <Text>
              Reading {inspecting.variables.name} ({formatBytes(inspecting.variables.size)})…
            </Text>
            <Button variant="default" size="xs" onClick={() => stop.current?.abort()}>
              Cancel
            </Button>
          </Group>
        ) : (
          <>
            <IconFileUpload size={40} stroke={1.25} aria-hidden />
            <Text fw={500}>Drop a file here</Text>
            <Text c="dimmed">CSV, TSV or JSON lines, gzip too. You see what is in it before anything is imported.</Text>
            <FileButton onChange={take} inputProps={{ 'aria-label': 'File to import' }}>
              {(props) => <Button {...props}>Choose a file</Button>}
            </FileButton>
          </>
        )}
      </div>
      {inspecting.error && !cancelled && (
        <Alert color="red" role="alert" title="This file could not be read">
          {messageOf(inspecting.error)}
        </Alert>
      )}
    </Stack>
  )
}
