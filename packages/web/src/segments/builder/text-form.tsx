import type { SegmentDefinition, SegmentForms } from '@kindred/model'
import { Alert, Loader, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { projectPath, useProjectId } from '../../api/project.ts'
import { messageOf } from '../../app/error-message.ts'
import { Failure } from '../../app/loaded.tsx'
import classes from './builder.module.css'

/** Whether the definition is what stands in the text: `reading` from the first key until it was read. */
export type TextState = 'read' | 'reading' | 'refused'

interface EditorProps {
  form: 'yaml' | 'json'
  /** Called with what was typed once it can be read. */
  onRead: (definition: SegmentDefinition) => void
  onState: (state: TextState) => void
}

/** The definition as text, editable; the builder and the other form follow once it can be read. */
export function TextForm({ definition, ...editor }: EditorProps & { definition: SegmentDefinition | null }) {
  const project = useProjectId()
  // As it was when the tab opened: from then on what the reader types is the text, and the definition follows it.
  const [json] = useState(definition === null ? null : JSON.stringify(definition))
  const written = useQuery({
    queryKey: ['project', project, 'segments/read', json],
    queryFn: ({ signal }) => api.post<SegmentForms>(projectPath(project, 'segments/read'), { text: json, form: 'json' }, { signal }),
    enabled: json !== null,
  })
  if (json === null) return <Text c="dimmed">Complete a condition in the builder first, then it can be read here.</Text>
  if (written.error) return <Failure error={written.error} retry={written.refetch} />
  if (written.data === undefined) return <Loader size="sm" aria-label="Writing the text" />
  return <Editor {...editor} text={written.data[editor.form]} />
}

function Editor({ form, text, onRead, onState }: EditorProps & { text: string }) {
  const project = useProjectId()
  const [typed, setTyped] = useState<string | null>(null)
  const newest = useRef(text)
  const reading = useMutation({
    mutationFn: (changed: string) => api.post<SegmentForms>(projectPath(project, 'segments/read'), { text: changed, form }),
    onSuccess: (forms, changed) => {
      if (changed !== newest.current) return
      onRead(forms.definition)
      onState('read')
    },
    onError: (_, changed) => {
      if (changed === newest.current) onState('refused')
    },
  })
  const read = useEffectEvent((changed: string) => reading.mutate(changed))
  useEffect(() => {
    if (typed === null) return
    const timer = setTimeout(() => read(typed), 400)
    return () => clearTimeout(timer)
  }, [typed])
  const type = (changed: string) => {
    newest.current = changed
    setTyped(changed)
    onState('reading')
  }
  return (
    <Stack gap="xs">
      <Textarea
        className={classes.text}
        aria-label={`The definition as ${form.toUpperCase()}`}
        autosize
        minRows={12}
        maxRows={32}
        spellCheck={false}
        value={typed ?? text}
        onChange={(event) => type(event.currentTarget.value)}
      />
      {reading.error && (
        <Alert color="red" role="alert" title="This cannot be read yet">
          {messageOf(reading.error)} The builder keeps the last form that could be read.
        </Alert>
      )}
      {!reading.error && typed !== null && (
        <Text size="xs" c="dimmed" role="status">
          {reading.isPending ? 'Reading…' : 'Read: the builder and the count follow.'}
        </Text>
      )}
    </Stack>
  )
}
