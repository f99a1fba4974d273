import type { SavedInsight, TrendsQuery } from '@kindred/model'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useProject, useProjectQuery, useStatus } from '../../api/project.ts'
import { EmptyState } from '../../app/empty-state.tsx'
import { IconDatabaseImport } from '../../app/icons.tsx'
import { ButtonLink } from '../../app/links.tsx'
import { FailedPage, LoadedPage } from '../../app/loaded-page.tsx'
import { Page } from '../../app/page.tsx'
import { PagePending } from '../../app/page-pending.tsx'
import { useEvents } from '../../data/known-names.ts'
import { defaultQuestion } from '../question/default-question.ts'
import { Explorer } from './explorer.tsx'

/** A question and its answer: a saved one, the one in the address, or the most useful one the data allows. */
export function InsightPage() {
  const { insightId } = useParams({ strict: false })
  return insightId === undefined ? <NewInsight /> : <OneInsight key={insightId} id={insightId} />
}

function OneInsight({ id }: { id: string }) {
  const saved = useProjectQuery<SavedInsight>(`insights/${encodeURIComponent(id)}`)
  return <LoadedPage query={saved}>{(insight) => <Explorer saved={insight} opensOn={insight.query} />}</LoadedPage>
}

function NewInsight() {
  const events = useEvents()
  const status = useStatus()
  const { data: project } = useProject()
  const error = events.error ?? status.error
  const [opensOn, setOpensOn] = useState<TrendsQuery | null>(null)
  if (error && opensOn === null) return <FailedPage error={error} retry={() => Promise.all([events.refetch(), status.refetch()])} />
  if (events.data === undefined || status.data === undefined) return <PagePending />
  // Kept once found: while events stream in, the question on the page must not change by itself.
  const found = opensOn ?? defaultQuestion(events.data, status.data, { at: Date.now(), zone: project?.timezone })
  if (opensOn === null && found !== null) setOpensOn(found)
  return found === null ? <NothingYet /> : <Explorer saved={null} opensOn={found} />
}

export function NothingYet() {
  return (
    <Page title="Insights">
      <EmptyState
        icon={<IconDatabaseImport size={32} />}
        title="There is nothing to count yet"
        action={<ButtonLink to="/data/imports/new">Import a file</ButtonLink>}
      >
        With the first events you see here who does what, how often and what it is worth: by day, by country, by any property.
      </EmptyState>
    </Page>
  )
}
