import type { Segment } from '@kindred/model'
import { Text } from '@mantine/core'
import { formatNumber, formatPercent, plural } from '../../app/format.ts'
import { IconArrowDownRight, IconArrowUpRight } from '../../app/icons.tsx'
import { TextLink } from '../../app/links.tsx'
import { sizeChange } from './size-change.ts'

/** By how many a segment grew or shrank in seven days, with its sign; opens who came and who left. */
export function SizeChangeWords({ segment }: { segment: Segment }) {
  const change = sizeChange(segment)
  if (change.kind !== 'by') return <Quiet>{words[change.kind]}</Quiet>
  const { by, share } = change
  if (by === 0) return <Quiet>no change</Quiet>
  const Arrow = by > 0 ? IconArrowUpRight : IconArrowDownRight
  const size = Math.abs(by)
  const whom = segment.unit === 'account' ? plural(size, 'account', 'accounts') : plural(size, 'person', 'people')
  return (
    <TextLink
      to="/segments/$segmentId"
      params={{ segmentId: String(segment.id) }}
      search={{ tab: 'history' }}
      c="var(--mantine-color-text)"
      title={`${formatNumber(size)} ${whom} ${by > 0 ? 'more' : 'fewer'} than 7 days ago`}
    >
      <Arrow size={14} stroke={1.8} aria-hidden style={{ verticalAlign: -2 }} /> {sign(by)}
      {formatNumber(size)}
      {share !== null && (
        <Text span c="dimmed" size="xs">
          {' '}
          {sign(by)}
          {formatPercent(Math.abs(share))}
        </Text>
      )}
    </TextLink>
  )
}

const sign = (by: number) => (by > 0 ? '+' : '−')
const words = { uncounted: 'not counted yet', new: 'new', newRule: 'new rule' } as const

function Quiet({ children }: { children: string }) {
  return (
    <Text span c="dimmed">
      {children}
    </Text>
  )
}
