import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { formatNumber } from '../app/format.ts'
import classes from './home.module.css'

export interface Share {
  key: string
  label: string
  count: number
}

interface ShareListProps {
  shares: readonly Share[]
  /** Wraps a row's content in what opens it: a link or a button. */
  opener: (share: Share, props: { className: string | undefined; children: ReactNode }) => ReactNode
}

/** Names with their counts, each with a bar in proportion to the largest. */
export function ShareList({ shares, opener }: ShareListProps) {
  const largest = Math.max(1, ...shares.map(({ count }) => count))
  return (
    <ol className={classes.list}>
      {shares.map((share) => (
        <li key={share.key}>
          {opener(share, {
            className: classes.row,
            children: (
              <>
                <span className={classes.share} style={{ width: `${(100 * share.count) / largest}%` }} aria-hidden />
                <Text span truncate>
                  {share.label}
                </Text>
                <Text span fw={500}>
                  {formatNumber(share.count)}
                </Text>
              </>
            ),
          })}
        </li>
      ))}
    </ol>
  )
}
