import { Text } from '@mantine/core'
import { formatNumber, formatPercent } from '../../app/format.ts'
import classes from './builder.module.css'
import { useBuilder } from './builder-context.ts'

/** How many people a condition keeps by itself, as a bar against everyone. */
export function KeptBar({ id }: { id: string }) {
  const { kept, everyone } = useBuilder()
  const count = kept.get(id)
  if (count === undefined || everyone === 0) return null
  const share = count / everyone
  return (
    <div className={classes.kept}>
      <div className={classes.keptTrack} aria-hidden>
        <div className={classes.keptBar} style={{ width: `${share * 100}%` }} />
      </div>
      <Text span size="xs" c="dimmed">
        keeps {formatNumber(count)} ({formatPercent(share)})
      </Text>
    </div>
  )
}
