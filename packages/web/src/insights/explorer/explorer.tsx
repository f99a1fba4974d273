import type { SavedInsight, TrendsQuery } from '@kindred/model'
import { Alert, Box, Paper } from '@mantine/core'
import { useMemo, useState } from 'react'
import { ApiError } from '../../api/client.ts'
import { useProject } from '../../api/project.ts'
import { Failure } from '../../app/loaded.tsx'
import { Page } from '../../app/page.tsx'
import { Progress } from '../../app/progress.tsx'
import { showAnswer } from '../answer/shown-answer.ts'
import { useAnswer } from '../answer/use-answer.ts'
import { Builder } from '../builder/builder.tsx'
import { Toolbar } from '../builder/toolbar.tsx'
import { questionWords } from '../question/words.ts'
import { ChartSkeleton } from '../results/chart-skeleton.tsx'
import { Result } from '../results/result.tsx'
import { useLabels } from '../use-labels.ts'
import { AnswerFooter } from './answer-footer.tsx'
import classes from './explorer.module.css'
import { InsightActions } from './insight-actions.tsx'
import { type OpenedPoint, PointPeople } from './point-people.tsx'
import { useQuestion } from './use-question.ts'

interface ExplorerProps {
  saved: SavedInsight | null
  opensOn: TrendsQuery
}

/** The builder beside its answer. */
export function Explorer({ saved, opensOn }: ExplorerProps) {
  const labels = useLabels()
  const { data: project } = useProject()
  const { question, asked, query, error, change } = useQuestion(opensOn)
  const result = useAnswer(query)
  const [asTable, setAsTable] = useState(false)
  const [opened, setOpened] = useState<OpenedPoint | null>(null)
  const shown = useMemo(
    () => (result.data === undefined || project === undefined ? null : showAnswer(result.data.answer, { query: result.data.query, labels, project })),
    [result.data, labels, project],
  )
  const refused = refusedFormula(result.error)
  const name = questionWords(query, labels)
  return (
    <Page
      title={saved?.name ?? name}
      says={saved === null ? 'Not saved yet. The address of this page holds the question.' : name}
      actions={<InsightActions saved={saved} query={query} name={saved?.name ?? name} shown={shown} />}
    >
      {error !== null && (
        <Alert color="orange" title="The question in the address could not be read" mb="md">
          {error}
        </Alert>
      )}
      <Box className={classes.layout}>
        <Paper withBorder p="md" className={classes.answer} component="section" aria-label="Answer">
          <Toolbar question={question} date={labels.date} onChange={change} />
          <Progress fetching={result.isFetching} question={result.question} onCancel={result.cancel} />
          {result.error && refused === null && <Failure error={result.error} retry={result.refetch} />}
          <Box className={classes.result} data-waiting={result.isPlaceholderData || result.isError || undefined} aria-busy={result.isFetching}>
            {shown === null ? (
              !result.isError && <ChartSkeleton />
            ) : (
              <Result shown={shown} asTable={asTable} onOpen={(point, title) => setOpened({ point, title, shown })} />
            )}
          </Box>
          {shown !== null && <AnswerFooter shown={shown} asTable={asTable} onTable={setAsTable} />}
        </Paper>
        <Paper withBorder p="md" className={classes.builder} component="section" aria-label="Question">
          <Builder question={question} asked={asked} labels={labels} refused={refused} onChange={change} />
        </Paper>
      </Box>
      <PointPeople opened={opened} onClose={() => setOpened(null)} />
    </Page>
  )
}

function refusedFormula(error: unknown): { formula: string; message: string } | null {
  if (!(error instanceof ApiError) || error.code !== 'insight/formula') return null
  return { formula: String(error.details.formula), message: error.message }
}
