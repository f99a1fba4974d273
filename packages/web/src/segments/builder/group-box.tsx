import { NativeSelect, Text } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import { NumberField } from '../../conditions/number-field.tsx'
import { update } from '../tree/edit.ts'
import type { Group, Node } from '../tree/node.ts'
import { AddCondition } from './add-condition.tsx'
import classes from './builder.module.css'
import { SubjectProvider, useBuilder, useSubject } from './builder-context.ts'
import { joinedBy, type Match, matches, matchOf, withMatch } from './group-match.ts'
import { KeptBar } from './kept-bar.tsx'
import { MoveHandle } from './move-handle.tsx'
import { NodeMenu } from './node-menu.tsx'
import { RowBox, Warnings } from './row-box.tsx'
import { dropMarks } from './use-drag.ts'

interface GroupBoxProps {
  group: Group
  /** Where it stands: the outermost one, the one of a row (what an account's people must meet), or one among rows. */
  as?: 'root' | 'inner' | 'group'
}

/** Conditions that belong together, and how: all, any, at least so many, none, not all of them. Groups stand in groups freely. */
export function GroupBox({ group, as = 'group' }: GroupBoxProps) {
  const { mistakes } = useBuilder()
  const mistake = mistakes.get(group.id) ?? null
  return (
    <fieldset className={as === 'root' ? classes.root : classes.group} data-inner={as === 'inner' || undefined}>
      <legend className="kindred-hidden">{as === 'inner' ? 'What they must match' : 'Group of conditions'}</legend>
      <GroupHead group={group} as={as} />
      {group.children.map((child, index) => (
        <Fragment key={child.id}>
          {index > 0 && <span className={classes.joined}>{joinedBy(group)}</span>}
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
      {mistake !== null && (
        <Text size="xs" c="dimmed" role="status">
          {mistake}
        </Text>
      )}
      <Warnings id={group.id} />
      <div className={classes.groupFoot}>
        <AddCondition into={group.id} />
        {as === 'group' && <KeptBar id={group.id} />}
      </div>
    </fieldset>
  )
}

function GroupHead({ group, as }: Required<GroupBoxProps>) {
  const { edit } = useBuilder()
  const { unit } = useSubject()
  const change = (changed: (before: Group) => Group, key?: string) =>
    edit((tree) => update(tree, group.id, (node) => (node.kind === 'group' ? changed(node) : node)), key)
  const whom = unit === 'account' ? 'Accounts that match' : 'People who match'
  return (
    <div className={classes.groupHead}>
      {as === 'group' && <MoveHandle node={group} />}
      <div className={classes.groupWords}>
        <Text span c="dimmed">
          {as === 'group' ? 'Match' : whom}
        </Text>
        <NativeSelect
          aria-label="How many of the conditions must hold"
          data={[...matches]}
          value={matchOf(group)}
          onChange={(event) => {
            const match = event.currentTarget.value as Match
            change((before) => withMatch(before, match))
          }}
        />
        {group.match === 'of' && (
          <>
            <NumberField
              label="So many of the conditions"
              whole
              width={56}
              value={group.atLeast}
              onChange={(atLeast) => change((before) => ({ ...before, atLeast }), `at least ${group.id}`)}
            />
            <Text span c="dimmed">
              of these
            </Text>
          </>
        )}
      </div>
      {as === 'group' && <NodeMenu node={group} />}
    </div>
  )
}

function NodeBox({ node }: { node: Node }) {
  const { unit } = useSubject()
  if (node.kind === 'group') return <GroupBox group={node} />
  const { inner } = node
  return (
    <RowBox
      row={node}
      inner={
        inner !== null && (
          <SubjectProvider value={{ unit: node.draft.kind === 'people' ? 'person' : node.draft.kind === 'account' ? 'account' : unit }}>
            <GroupBox group={inner} as="inner" />
          </SubjectProvider>
        )
      }
    />
  )
}

/** Takes a dragged row before or after what it holds, by the half of it that the pointer is over. */
function Drop({ group, index, children }: { group: Group; index: number; children: ReactNode }) {
  return (
    <div className={classes.drop} {...dropMarks(group.id, index)}>
      {children}
    </div>
  )
}
