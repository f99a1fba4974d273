import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconBox, IconBoxOff, IconCopy, IconDotsVertical, IconTrash } from '../../app/icons.tsx'
import { copyNode } from '../tree/copy.ts'
import { duplicate, remove, step, unwrap, wrap } from '../tree/edit.ts'
import type { Node } from '../tree/node.ts'
import classes from './builder.module.css'
import { useBuilder } from './builder-context.ts'

/** What can be done with a row or a group. */
export function NodeMenu({ node }: { node: Node }) {
  const { edit } = useBuilder()
  const isGroup = node.kind === 'group'
  return (
    <Menu position="bottom-end" shadow="sm">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={isGroup ? 'More to do with this group' : 'More to do with this condition'}
          className={classes.menu}
        >
          <IconDotsVertical size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowUp size={16} aria-hidden />} onClick={() => edit((root) => step(root, node.id, 'up'))}>
          Move up
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowDown size={16} aria-hidden />} onClick={() => edit((root) => step(root, node.id, 'down'))}>
          Move down
        </Menu.Item>
        <Menu.Item leftSection={<IconBox size={16} aria-hidden />} onClick={() => edit((root) => wrap(root, node.id))}>
          Put in a group
        </Menu.Item>
        {isGroup && !node.negated && (
          <Menu.Item leftSection={<IconBoxOff size={16} aria-hidden />} onClick={() => edit((root) => unwrap(root, node.id))}>
            Take out of the group
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconCopy size={16} aria-hidden />} onClick={() => edit((root) => duplicate(root, node.id, copyNode))}>
          Duplicate
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden />} onClick={() => edit((root) => remove(root, node.id))}>
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
