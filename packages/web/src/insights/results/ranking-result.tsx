import { UnstyledButton } from '@mantine/core'
import { pointOf, type ShownAnswer } from '../answer/shown-answer.ts'
import { colourOf } from '../chart/palette.ts'
import { ChangeWords } from './change.tsx'
import type { OpenPoint } from './open-point.ts'
import classes from './results.module.css'
import { useScheme } from './use-scheme.ts'

/** Rows by size, each a bar that opens its people. A row at zero keeps its line, with no bar. */
export function RankingResult({ shown, onOpen }: { shown: ShownAnswer; onOpen: OpenPoint }) {
  const scheme = useScheme()
  const largest = Math.max(...shown.rows.map((row) => Math.abs(row.total)), 0)
  return (
    <ol className={classes.ranking}>
      {shown.rows.map((row) => (
        <li key={row.key}>
          <UnstyledButton className={classes.rank} title={row.name} onClick={() => onOpen(pointOf(row), row.name)}>
            <span className={classes.rankName}>{row.name}</span>
            <span className={classes.rankTrack} aria-hidden>
              <span
                className={classes.rankBar}
                style={{ width: `${largest === 0 ? 0 : (Math.abs(row.total) / largest) * 100}%`, background: colourOf(row.point.index, scheme) }}
              />
            </span>
            <span className={classes.rankNumber}>
              {row.write.full(row.total)} <ChangeWords row={row} />
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  )
}
