import { ActionIcon } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { IconGripVertical } from '../../app/icons.tsx'
import { parentOf, step } from '../tree/edit.ts'
import type { Group, Node } from '../tree/node.ts'
import classes from './builder.module.css'
import { useBuilder } from './builder-context.ts'
import { useDrag } from './use-drag.ts'

/** Moves its row or group: by drag, or with the arrow keys while it has the focus. */
export function MoveHandle({ node }: { node: Node }) {
  const { root, edit, moved, announce } = useBuilder()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (moved.current !== node.id) return
    moved.current = null
    button.current?.focus()
  })
  const press = (event: KeyboardEvent) => {
    const direction = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : null
    if (direction === null) return
    event.preventDefault()
    moved.current = node.id
    const after = step(root, node.id, direction)
    announce(placeWords(after, node.id))
    edit(() => after)
  }
  return (
    <ActionIcon
      ref={button}
      variant="subtle"
      color="gray"
      size="lg"
      aria-label="Move: arrow up or down, or drag"
      className={classes.handle}
      {...useDrag(node)}
      onKeyDown={press}
    >
      <IconGripVertical size={16} aria-hidden />
    </ActionIcon>
  )
}

/** Where it stands now, for whoever cannot see it. */
function placeWords(root: Group, id: string): string {
  const parent = parentOf(root, id)
  if (parent === null) return ''
  const place = parent.children.findIndex((child) => child.id === id) + 1
  return `Now ${place} of ${parent.children.length} ${parent.id === root.id ? 'conditions' : 'in the group'}`
}
