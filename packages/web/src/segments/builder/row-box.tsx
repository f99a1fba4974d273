import { Checkbox, NativeSelect, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatNumber, plural } from '../../app/format.ts'
import { IconAlertTriangle } from '../../app/icons.tsx'
import { changedPath } from '../tree/changed-path.ts'
import { update } from '../tree/edit.ts'
import { takesThoseWithout } from '../tree/measure.ts'
import type { Row } from '../tree/node.ts'
import { looksBack } from '../tree/observed.ts'
import type { RowDraft } from '../tree/row-draft.ts'
import classes from './builder.module.css'
import { useBuilder } from './builder-context.ts'
import { KeptBar } from './kept-bar.tsx'
import { MoveHandle } from './move-handle.tsx'
import { NodeMenu } from './node-menu.tsx'
import { leads, RowFields } from './rows/row-fields.tsx'

/**
 * One condition of the sentence: handle, words, fields, how many it keeps, and what is wrong with it. `inner`: the group of conditions that the
 * people of an account, or the accounts of a person, must meet.
 */
export function RowBox({ row, inner }: { row: Row; inner: ReactNode }) {
  const { edit, mistakes, refused } = useBuilder()
  const wrong = refused === row.id
  const mistake = mistakes.get(row.id) ?? null
  const [plain, negated] = leads[row.draft.kind]
  const change = (part: Partial<Row>, key?: string) =>
    edit((root) => update(root, row.id, (node) => (node.kind === 'row' ? { ...node, ...markedNew(node, part) } : node)), key)
  return (
    <div className={classes.row} data-wrong={wrong || undefined}>
      <MoveHandle node={row} />
      <div className={classes.fields}>
        <NativeSelect
          className={classes.lead}
          aria-label="Is it so, or is it not"
          data={[plain, negated]}
          value={row.negated ? negated : plain}
          onChange={(event) => change({ negated: event.currentTarget.value === negated })}
        />
        <RowFields row={row} onChange={(draft: RowDraft) => change({ draft }, `${row.id}${changedPath(row.draft, draft)}`)} wrong={wrong} />
        <NeverNote row={row} />
        <ObservedTick row={row} onChange={(observed) => change({ observed })} />
        {inner}
        {mistake !== null && (
          <Text size="xs" c={wrong ? 'var(--mantine-color-error)' : 'dimmed'} w="100%" role="status">
            {mistake}
          </Text>
        )}
        <Warnings id={row.id} />
        <KeptBar id={row.id} />
      </div>
      <NodeMenu node={row} />
    </div>
  )
}

/** A row that turns negative by this edit leaves out whoever came too late; one that was negative keeps its own mark. */
function markedNew(row: Row, part: Partial<Row>): Partial<Row> {
  const after = { ...row, ...part }
  const turns = looksBack(row.draft, row.negated) === null && looksBack(after.draft, after.negated) !== null
  return turns ? { ...part, observed: true } : part
}

/** *leaves out 412 people first seen under 30 days ago*: beside a row that is also true of people who had no time to do it. */
function ObservedTick({ row, onChange }: { row: Row; onChange: (observed: boolean) => void }) {
  const { tooNew } = useBuilder()
  const length = looksBack(row.draft, row.negated)
  if (length === null) return null
  const count = row.observed ? tooNew.get(row.id) : undefined
  const whom = count === undefined ? 'people' : `${formatNumber(count)} ${plural(count, 'person', 'people')}`
  return (
    <Checkbox
      size="xs"
      className={classes.tick}
      label={`${row.observed ? 'leaves' : 'leave'} out ${whom} first seen under ${length} ago`}
      checked={row.observed}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  )
}

function NeverNote({ row: { draft, negated } }: { row: Row }) {
  if (draft.kind !== 'did' || negated || !takesThoseWithout(draft)) return null
  return (
    <Text span size="xs" c="dimmed" py={9}>
      includes those who never did
    </Text>
  )
}

/** What can be counted but is hardly meant. */
export function Warnings({ id }: { id: string }) {
  const { warnings } = useBuilder()
  const given = warnings.get(id)
  if (given === undefined) return null
  return given.map((reason) => (
    <Text key={reason} size="xs" w="100%" role="status" className={classes.warning}>
      <IconAlertTriangle size={14} aria-hidden /> {reason}
    </Text>
  ))
}
