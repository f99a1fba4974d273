import type { DefinitionWarning } from '@kindred/model'
import { Box } from '@mantine/core'
import { useMemo, useRef, useState } from 'react'
import { BuilderProvider, SubjectProvider } from '../segments/builder/builder-context.ts'
import { GroupBox } from '../segments/builder/group-box.tsx'
import { rowWarnings } from '../segments/builder/row-errors.ts'
import type { Group } from '../segments/tree/node.ts'
import { type LabelsDraft, writtenConditions } from './labels-draft.ts'

interface LabelConditionsProps {
  unit: LabelsDraft['unit']
  root: Group
  onChange: (change: (root: Group) => Group) => void
  /** Whether the first row that is not finished is marked. */
  wrong: boolean
  /** What the last trial warned of; paths begin with `where`. */
  warnings: readonly DefinitionWarning[]
}

const none = new Map<string, never>()

/** Whom a label is given to, in the builder's own rows; how many they keep is told by a trial of the whole trait. */
export function LabelConditions({ unit, root, onChange, wrong, warnings }: LabelConditionsProps) {
  const written = useMemo(() => writtenConditions(unit, root), [unit, root])
  const { mistakes } = written
  const moved = useRef<string | null>(null)
  const [said, announce] = useState('')
  const [unfinished = null] = mistakes.keys()
  return (
    <Box mt="xs">
      <BuilderProvider
        value={{
          root,
          edit: onChange,
          mistakes,
          warnings: rowWarnings(written, warnings),
          refused: wrong ? unfinished : null,
          kept: none,
          tooNew: none,
          everyone: 0,
          self: undefined,
          moved,
          announce,
        }}
      >
        <SubjectProvider value={{ unit }}>
          <GroupBox group={root} as="root" />
        </SubjectProvider>
        <span className="kindred-hidden" aria-live="polite">
          {said}
        </span>
      </BuilderProvider>
    </Box>
  )
}
