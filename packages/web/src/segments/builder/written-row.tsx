import { Textarea } from '@mantine/core'
import type { WrittenDraft } from '../tree/node.ts'
import classes from './builder.module.css'

interface WrittenRowProps {
  id: string
  draft: WrittenDraft
  onChange: (draft: WrittenDraft) => void
  wrong: boolean
}

/** A condition that has no fields of its own, as the text that stands in the definition. */
export function WrittenRow({ id, draft, onChange, wrong }: WrittenRowProps) {
  return (
    <Textarea
      key={id}
      className={classes.written}
      aria-label="The condition, as JSON"
      value={draft.text}
      onChange={(event) => onChange({ ...draft, text: event.currentTarget.value })}
      error={wrong}
      autosize
      minRows={2}
      maxRows={16}
      spellCheck={false}
    />
  )
}
