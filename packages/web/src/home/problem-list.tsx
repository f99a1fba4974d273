import type { Status } from '@kindred/model'
import { Alert } from '@mantine/core'
import { CodedText } from '../app/coded-text.tsx'
import { formatNumber } from '../app/format.ts'
import { IconAlertTriangle } from '../app/icons.tsx'
import { TextLink } from '../app/links.tsx'
import { problemTitle } from '../data/problems/problem-titles.ts'

/** What should be put right, the most frequent first; nothing at all where all is well. */
export function ProblemList({ problems }: { problems: Status['problems'] }) {
  const [first] = [...problems].filter(({ kind }) => kind !== 'dropped').sort((a, b) => b.count - a.count)
  if (!first) return null
  const others = problems.length - 1
  return (
    <Alert color="orange" icon={<IconAlertTriangle aria-hidden />} title={`To look at: ${problemTitle(first.reason)} (${formatNumber(first.count)})`}>
      <CodedText>{first.says}</CodedText>
      <TextLink to="/data/problems">{others > 0 ? `This and ${others} more` : 'What to do'}</TextLink>
    </Alert>
  )
}
