import { Textarea } from '@mantine/core'
import type { WrittenDraft } from '../../tree/row-draft.ts'
import classes from '../builder.module.css'
import type { RowProps } from './row-props.ts'

/** A condition that has no fields of its own, as the text that stands in the definition. */
export function WrittenRow({ draft, onChange, wrong }: RowProps<WrittenDraft>) {
  return (
    <Textarea
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
