import { Button, Stack, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { IconPlus } from '../../app/icons.tsx'
import { addSeries, newSeries, removeSeries, setSeries } from '../question/edit.ts'
import type { Asked, Question } from '../question/question.ts'
import type { Labels } from '../question/words.ts'
import { BreakdownField } from './breakdown-field.tsx'
import { Filters } from './filters.tsx'
import { Formulas } from './formulas.tsx'
import { SeriesRow } from './series-row.tsx'

interface BuilderProps {
  question: Question
  asked: Asked
  labels: Labels
  /** A formula that the server could not read. */
  refused: { formula: string; message: string } | null
  onChange: (question: Question) => void
}

/** What is asked: the series, formulas over them, the breakdown, and the filters on all of it. */
export function Builder({ question, asked, labels, refused, onChange }: BuilderProps) {
  const last = question.series.at(-1)
  return (
    <Stack gap="lg">
      <Part title="Show">
        {question.series.map((series, index) => (
          <SeriesRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a series is its letter
            key={index}
            index={index}
            series={series}
            mistake={asked.mistakes.get(`series.${index}`) ?? null}
            onChange={(changed) => onChange(setSeries(question, index, changed))}
            onRemove={question.series.length > 1 ? () => onChange(removeSeries(question, index)) : undefined}
          />
        ))}
        <Stack gap={0} align="flex-start">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} aria-hidden />}
            disabled={question.series.length >= 26}
            onClick={() => onChange(addSeries(question, newSeries(last?.event ?? { any: true })))}
          >
            Series
          </Button>
          <Formulas
            formulas={question.formulas}
            series={question.series.length}
            refused={refused}
            onChange={(formulas) => onChange({ ...question, formulas })}
          />
        </Stack>
      </Part>
      <Part title="Break down by">
        <BreakdownField
          breakdown={question.breakdown}
          map={question.display === 'map'}
          segmentName={labels.segment}
          onChange={(breakdown) => onChange({ ...question, breakdown })}
        />
      </Part>
      <Part title="Only where">
        <Filters add="Filter" filters={question.filters} onChange={(filters) => onChange({ ...question, filters })} />
      </Part>
    </Stack>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Stack gap="xs" component="section" aria-label={title}>
    <Title order={2} size="h3">
      {title}
    </Title>
    {children}
  </Stack>
)
