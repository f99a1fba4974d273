import type { ImportMappingInput } from '@kindred/model'
import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { readMapping, writeMapping } from './mapping-yaml.ts'

interface YamlEditorProps {
  mapping: ImportMappingInput
  onChange: (mapping: ImportMappingInput) => void
  /** What is wrong with the text as it is typed; null when it can be used. */
  onError: (error: string | null) => void
}

/** The mapping as text. What is typed stays, right or wrong; the form follows as soon as it can be read. */
export function YamlEditor({ mapping, onChange, onError }: YamlEditorProps) {
  const [text, setText] = useState(() => writeMapping(mapping))
  const [error, setError] = useState<string | null>(null)
  const type = (typed: string) => {
    setText(typed)
    const read = readMapping(typed)
    const problem = 'error' in read ? read.error : null
    setError(problem)
    onError(problem)
    if ('mapping' in read) onChange(read.mapping)
  }
  return (
    <Textarea
      label="Mapping"
      description="The same as the form, with everything a mapping can say. Save it as a file for “kindred import FILE --map MAP.yaml”."
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => error !== null && onError(error)}
      error={error}
      autosize
      minRows={16}
      maxRows={40}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
    />
  )
}
