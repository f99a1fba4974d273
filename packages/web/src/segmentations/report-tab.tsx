import type { Segmentation, SegmentationReport, SegmentationStep } from '@kindred/model'
import { Alert, Anchor, Button, List, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import { useProject } from '../api/project.ts'
import { IconPrinter } from '../app/icons.tsx'
import { Loaded } from '../app/loaded.tsx'
import { Report } from './report.tsx'
import { stepWords } from './words.ts'

interface ReportTabProps {
  segmentation: Segmentation
  query: UseQueryResult<SegmentationReport>
  onStep: (step: SegmentationStep) => void
}

/** The report with what should be put right first, each leading to its step. */
export function ReportTab({ segmentation, query, onStep }: ReportTabProps) {
  const { data: project } = useProject()
  return (
    <Loaded query={query}>
      {(report) => (
        <Stack gap="md">
          {report.warnings.length > 0 && (
            <Alert color="yellow" title="To look at before others do" className="no-print">
              <List size="sm">
                {report.warnings.map(({ step, says }) => (
                  <List.Item key={says}>
                    <Anchor component="button" type="button" size="sm" onClick={() => onStep(step)}>
                      {stepWords[step]}
                    </Anchor>
                    : {says}
                  </List.Item>
                ))}
              </List>
            </Alert>
          )}
          <Button
            variant="default"
            className="no-print"
            leftSection={<IconPrinter size={16} aria-hidden />}
            style={{ alignSelf: 'flex-start' }}
            onClick={() => window.print()}
          >
            Print or save as PDF
          </Button>
          <Report segmentation={segmentation} report={report} currency={project?.currency ?? 'EUR'} />
        </Stack>
      )}
    </Loaded>
  )
}
