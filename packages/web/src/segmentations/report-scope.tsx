import type { SegmentationReport, SegmentationSave, SegmentUnit } from '@kindred/model'
import { List, Text, Title } from '@mantine/core'
import { formatDate, formatPercent } from '../app/format.ts'

interface ReportScopeProps {
  scope: SegmentationSave['scope']
  report: SegmentationReport
}

/** Whom the segmentation is about, how many of them it should reach and by when. */
export function ReportScope({ scope, report }: ReportScopeProps) {
  const { unit } = report
  const ofType = scope.accountType === undefined ? '' : ` of the type ${scope.accountType}`
  const everyone = unit === 'account' ? `All accounts${ofType}` : 'Everyone'
  const covered = report.inScope === 0 ? 0 : report.covered / report.inScope
  return (
    <section aria-labelledby="scope">
      <Title order={2} mb={4} id="scope">
        Scope
      </Title>
      <List>
        <List.Item>{report.scope === null ? everyone : `The ${unitWords[unit]}${ofType} of “${report.scope}”`}</List.Item>
        {scope.cover !== undefined && (
          <List.Item>
            {formatPercent(scope.cover / 100)} of them should be in a named segment; {formatPercent(covered)} are
          </List.Item>
        )}
        {scope.until !== undefined && <List.Item>To be done by {formatDate(Date.parse(scope.until), 'UTC')}</List.Item>}
      </List>
      {scope.text !== '' && (
        <Text mt={4} style={{ whiteSpace: 'pre-wrap' }}>
          {scope.text}
        </Text>
      )}
    </section>
  )
}

const unitWords: Record<SegmentUnit, string> = { person: 'people', account: 'accounts' }
