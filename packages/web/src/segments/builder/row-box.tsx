import { NativeSelect, Text } from '@mantine/core'
import { update } from '../tree/edit.ts'
import type { Row, RowDraft } from '../tree/node.ts'
import classes from './builder.module.css'
import { useBuilder } from './builder-context.ts'
import { DidRow } from './did-row.tsx'
import { InRow } from './in-row.tsx'
import { KeptBar } from './kept-bar.tsx'
import { MoveHandle } from './move-handle.tsx'
import { NodeMenu } from './node-menu.tsx'
import { PropertyRow } from './property-row.tsx'
import { WrittenRow } from './written-row.tsx'

const leads: Record<RowDraft['kind'], [string, string]> = {
  property: ['whose', 'not whose'],
  did: ['who did', 'who did not'],
  in: ['in', 'not in'],
  written: ['for whom', 'not for whom'],
}

/** One condition of the sentence: handle, words, fields, how many it keeps, and what is wrong with it. */
export function RowBox({ row }: { row: Row }) {
  const { edit, mistakes, refused } = useBuilder()
  const wrong = refused === row.id
  const mistake = mistakes.get(row.id) ?? null
  const [plain, negated] = leads[row.draft.kind]
  const setDraft = (draft: RowDraft) => edit((root) => update(root, row.id, () => ({ ...row, draft })), `draft ${row.id}`)
  return (
    <div className={classes.row} data-wrong={wrong || undefined}>
      <MoveHandle node={row} />
      <div className={classes.fields}>
        <NativeSelect
          aria-label="Is it so, or is it not"
          data={[plain, negated]}
          value={row.negated ? negated : plain}
          onChange={(event) => {
            const chosen = event.currentTarget.value === negated
            edit((root) => update(root, row.id, () => ({ ...row, negated: chosen })))
          }}
        />
        <RowFields row={row} onChange={setDraft} wrong={wrong} />
        {mistake !== null && (
          <Text size="xs" c={wrong ? 'var(--mantine-color-error)' : 'dimmed'} w="100%" role="status">
            {mistake}
          </Text>
        )}
        <KeptBar id={row.id} />
      </div>
      <NodeMenu node={row} />
    </div>
  )
}

function RowFields({ row, onChange, wrong }: { row: Row; onChange: (draft: RowDraft) => void; wrong: boolean }) {
  const { self } = useBuilder()
  const { draft } = row
  switch (draft.kind) {
    case 'property':
      return <PropertyRow row={row} draft={draft} onChange={onChange} wrong={wrong} />
    case 'did':
      return <DidRow draft={draft} negated={row.negated} onChange={onChange} wrong={wrong} />
    case 'in':
      return <InRow draft={draft} self={self} onChange={onChange} wrong={wrong} />
    case 'written':
      return <WrittenRow id={row.id} draft={draft} onChange={onChange} wrong={wrong} />
  }
}
