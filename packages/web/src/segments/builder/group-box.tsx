import { Box, NativeSelect, Text } from '@mantine/core'
import { type DragEvent, Fragment, type ReactNode, useState } from 'react'
import { move, update } from '../tree/edit.ts'
import type { Group, Node } from '../tree/node.ts'
import { AddCondition } from './add-condition.tsx'
import classes from './builder.module.css'
import { useBuilder } from './builder-context.ts'
import { KeptBar } from './kept-bar.tsx'
import { dragType, MoveHandle } from './move-handle.tsx'
import { NodeMenu } from './node-menu.tsx'
import { RowBox } from './row-box.tsx'

const matches = [
  { value: 'all', label: 'all of these' },
  { value: 'any', label: 'any of these' },
  { value: 'none', label: 'none of these' },
  { value: 'not-all', label: 'not all of these' },
] as const
type Match = (typeof matches)[number]['value']

const matchOf = ({ match, negated }: Group): Match => (negated ? (match === 'any' ? 'none' : 'not-all') : match)
const withMatch = (group: Group, match: Match): Group => ({
  ...group,
  match: match === 'any' || match === 'none' ? 'any' : 'all',
  negated: match === 'none' || match === 'not-all',
})

/** Conditions that belong together, and how: all, any, none, not all of them. Groups stand in groups freely. */
export function GroupBox({ group, root = false }: { group: Group; root?: boolean }) {
  const { edit } = useBuilder()
  const joined = group.match === 'all' ? 'and' : 'or'
  return (
    <fieldset className={root ? classes.root : classes.group}>
      <legend className="kindred-hidden">Group of conditions</legend>
      <div className={classes.groupHead}>
        {!root && <MoveHandle node={group} />}
        <Text span c="dimmed">
          {root ? 'People who match' : 'Match'}
        </Text>
        <NativeSelect
          aria-label="How many of the conditions must hold"
          data={[...matches]}
          value={matchOf(group)}
          onChange={(event) => {
            const match = event.currentTarget.value as Match
            edit((tree) => update(tree, group.id, (node) => (node.kind === 'group' ? withMatch(node, match) : node)))
          }}
        />
        <Box flex={1} />
        {!root && <NodeMenu node={group} />}
      </div>
      {group.children.map((child, index) => (
        <Fragment key={child.id}>
          {index > 0 && <span className={classes.joined}>{joined}</span>}
          <Drop group={group} index={index}>
            <NodeBox node={child} />
          </Drop>
        </Fragment>
      ))}
      {group.children.length === 0 && (
        <Drop group={group} index={0}>
          <Text c="dimmed" py="xs">
            Nothing in this group yet: add a condition, or drag one here.
          </Text>
        </Drop>
      )}
      <div className={classes.groupFoot}>
        <AddCondition into={group.id} />
        {!root && <KeptBar id={group.id} />}
      </div>
    </fieldset>
  )
}

const NodeBox = ({ node }: { node: Node }) => (node.kind === 'row' ? <RowBox row={node} /> : <GroupBox group={node} />)

/** Takes a dragged row before or after what it holds, by the half of it that the pointer is over. */
function Drop({ group, index, children }: { group: Group; index: number; children: ReactNode }) {
  const { edit } = useBuilder()
  const [place, setPlace] = useState<'before' | 'after' | null>(null)
  const over = (event: DragEvent<HTMLDivElement>) => {
    if (!event.dataTransfer.types.includes(dragType)) return
    event.preventDefault()
    event.stopPropagation()
    const box = event.currentTarget.getBoundingClientRect()
    setPlace(event.clientY < box.top + box.height / 2 ? 'before' : 'after')
  }
  const drop = (event: DragEvent<HTMLDivElement>) => {
    const id = event.dataTransfer.getData(dragType)
    if (id === '') return
    event.preventDefault()
    event.stopPropagation()
    edit((root) => move(root, id, { into: group.id, at: place === 'after' ? index + 1 : index }))
    setPlace(null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dragging is the pointer's way; the handle has the keyboard's
    <div className={classes.drop} data-place={place ?? undefined} onDragOver={over} onDragLeave={() => setPlace(null)} onDrop={drop}>
      {children}
    </div>
  )
}
