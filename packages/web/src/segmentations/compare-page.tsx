import type { Segment } from '@kindred/model'
import { Button, Group, Select, Stack } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useAccountTypeLabels } from '../accounts/use-account-types.ts'
import { useProjectList } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { ButtonLink } from '../app/links.tsx'
import { Lines, Loaded } from '../app/loaded.tsx'
import { Page } from '../app/page.tsx'
import { Progress } from '../app/progress.tsx'
import { SegmentTabs } from '../app/segment-tabs.tsx'
import { choicesByUnit, holdTheSame } from './choices-by-unit.ts'
import classes from './comparison.module.css'
import { Comparison } from './comparison.tsx'
import type { CompareSearch } from './read-search.ts'
import { useComparison } from './use-comparison.ts'

/** Two segments beside each other, or one beside everybody else: what sets them apart. */
export function ComparePage() {
  const { a, b } = useSearch({ strict: false }) as CompareSearch
  const navigate = useNavigate()
  const { data: segments, isPending } = useProjectList<Segment>('segments')
  const shownA = a ?? latest(segments ?? [])
  const query = useComparison(shownA, b)
  const labels = useAccountTypeLabels()
  const segment = segments?.find(({ id }) => id === shownA)
  const unit = segment?.unit ?? 'person'
  const accountType = segment?.definition?.accountType
  const others = segment === undefined ? [] : (segments ?? []).filter((each) => holdTheSame(each, segment))
  const show = (change: CompareSearch) => void navigate({ to: '/segments/compare', search: (before: object) => ({ ...before, ...change }), replace: true })
  return (
    <Page title="Compare segments" says="What sets the people or accounts of one segment apart from others." tabs={<SegmentTabs />}>
      <Stack gap="lg">
        <Group>
          <Select
            label="Segment"
            data={choicesByUnit(segments ?? [], labels)}
            value={shownA === undefined ? null : String(shownA)}
            placeholder="Choose a segment"
            onChange={(id) =>
              show({ a: id === null ? undefined : Number(id), b: others.some((each) => String(each.id) === id) ? b : undefined } as CompareSearch)
            }
            searchable
            className={classes.choice}
          />
          <Select
            label="Beside"
            data={[{ value: '', label: unit === 'person' ? 'Everyone else' : 'All other accounts' }, ...others.map(choiceOf)]}
            value={b === undefined ? '' : String(b)}
            onChange={(id) => show({ b: id === '' || id === null ? undefined : Number(id) } as CompareSearch)}
            searchable
            className={classes.choice}
          />
        </Group>
        {shownA === undefined ? (
          isPending ? (
            <Lines />
          ) : (
            <EmptyState title="No segment to compare yet" action={<ButtonLink to="/segments/templates">Start from a template</ButtonLink>}>
              You will see what the people of a segment are and do more, or less, than others.
            </EmptyState>
          )
        ) : (
          <div>
            <Progress fetching={query.isFetching} doing={`Comparing ${query.missing ?? 'again'}`} question={query.question} onCancel={query.cancel} />
            {!query.isFetching && query.missing !== null && query.error === null && (
              <Button variant="default" mb="sm" onClick={() => void query.refetch()}>
                Compare {query.missing}
              </Button>
            )}
            {(query.isFetching || query.data !== undefined || query.error !== null) && (
              <Loaded query={query}>{(comparison) => <Comparison comparison={comparison} accountType={accountType} missing={query.missing} />}</Loaded>
            )}
          </div>
        )}
      </Stack>
    </Page>
  )
}

const choiceOf = ({ id, name }: Segment) => ({ value: String(id), label: name })

/** What the page opens on: the segment of people that was changed last. */
const latest = (segments: readonly Segment[]): number | undefined =>
  segments.filter(({ unit }) => unit === 'person').sort((one, other) => other.updatedAt - one.updatedAt)[0]?.id
