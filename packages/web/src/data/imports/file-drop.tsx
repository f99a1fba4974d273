import type { ImportInspection } from '@kindred/model'
import { Alert, Button, FileButton, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type DragEvent, useRef, useState } from 'react'
import { projectPath, useProjectId } from '../../api/project.ts'
import { uploadFile } from '../../api/upload.ts'
import { messageOf } from '../../app/error-message.ts'
import { formatBytes, formatPercent } from '../../app/format.ts'
import { IconFileUpload } from '../../app/icons.tsx'
import classes from './file-drop.module.css'
import { ServerFile } from './server-file.tsx'

/** Takes a file, by choice or by drop, and asks the server what is in it. Nothing is imported yet. */
export function FileDrop({ onInspected }: { onInspected: (inspection: ImportInspection) => void }) {
  const project = useProjectId()
  const [over, setOver] = useState(false)
  const [sent, setSent] = useState(0)
  const stop = useRef<AbortController>(null)
  const inspecting = useMutation({
    mutationFn: (file: File) => {
      const control = new AbortController()
      stop.current = control
      setSent(0)
      return uploadFile<ImportInspection>(projectPath(project, 'imports/inspect'), file, {
        query: { name: file.name },
        signal: control.signal,
        onProgress: setSent,
      })
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
          <Sending file={inspecting.variables} share={sent} onCancel={() => stop.current?.abort()} />
        ) : (
          <>
            <IconFileUpload size={40} stroke={1.25} aria-hidden />
            <Text fw={500}>Drop a file here</Text>
            <Text c="dimmed">
              CSV, TSV, JSON lines or Parquet, gzip too; exports of PostHog and Segment as they are. You see what becomes of it before anything is imported.
            </Text>
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
      {!inspecting.isPending && <ServerFile onInspected={onInspected} />}
    </Stack>
  )
}

interface SendingProps {
  file: File
  /** 0 to 1. */
  share: number
  onCancel: () => void
}

function Sending({ file, share, onCancel }: SendingProps) {
  const whole = share >= 1
  return (
    <Stack w="100%" maw={440} gap="sm">
      <Text role="status">{whole ? `Reading ${file.name}…` : `Sending ${file.name}: ${formatPercent(share)} of ${formatBytes(file.size)}`}</Text>
      <Progress value={100 * share} animated={whole} aria-label="Share of the file that is sent" />
      <Group justify="center">
        <Button variant="default" size="xs" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </Stack>
  )
}
