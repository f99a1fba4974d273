import type { KeptReach, SegmentPreview, SegmentUnit } from '@kindred/model'
import { Badge, Group, Loader, Skeleton, Stack, Text, Title } from '@mantine/core'
import { formatDateTime, formatNumber, formatPercent, plural } from '../../app/format.ts'
import { TextLink } from '../../app/links.tsx'
import { Failure } from '../../app/loaded.tsx'
import { Progress } from '../../app/progress.tsx'
import { ReachWords } from '../reach-words.tsx'
import { useReach } from '../use-reach.ts'
import { AccountSample } from './account-sample.tsx'
import classes from './builder.module.css'
import { shownClauses } from './shown-clauses.ts'
import { SizeOverTime } from './size-over-time.tsx'
import { countedBy, type Previewed } from './use-preview.ts'

interface PreviewPanelProps {
  previewed: Previewed | undefined
  waiting: boolean
  /** The id of the question that counts. */
  question: string
  error: Error | null
  retry: () => unknown
  /** How many rows are left out because they are unfinished. */
  unfinished: number
  unit: SegmentUnit
}

/** Beside the builder, always: how many, what each condition keeps, and five of the people with the reason they are in. */
export function PreviewPanel({ previewed, waiting, question, error, retry, unfinished, unit }: PreviewPanelProps) {
  const reach = useReach(previewed && countedBy(previewed))
  const preview = previewed?.preview
  return (
    <Stack gap="md" aria-busy={waiting}>
      {error && <Failure error={error} retry={retry} />}
      {unfinished > 0 && (
        <Text size="sm" c="dimmed">
          Leaves out {unfinished} unfinished {plural(unfinished, 'condition', 'conditions')}.
        </Text>
      )}
      <Progress fetching={waiting && error === null} question={question} roomKept={false} />
      {preview === undefined ? (
        !error && <Skeleton height={180} role="status" aria-label="Counting" />
      ) : (
        <Stack gap="md" className={waiting ? classes.waiting : undefined}>
          <Size preview={preview} waiting={waiting} unit={unit} reach={reach} />
          <Clauses preview={preview} />
          {preview.unit === 'account' ? <AccountSample preview={preview} /> : <Sample preview={preview} />}
          {preview.unit === 'person' && previewed !== undefined && <SizeOverTime key={previewed.of} definition={countedBy(previewed).definition} />}
        </Stack>
      )}
    </Stack>
  )
}

interface SizeProps {
  preview: SegmentPreview
  waiting: boolean
  unit: SegmentUnit
  reach: KeptReach | undefined
}

function Size({ preview, waiting, unit, reach }: SizeProps) {
  const share = preview.everyone === 0 ? 0 : preview.count / preview.everyone
  return (
    <div aria-live="polite">
      <Group gap="xs" align="center">
        <span className={classes.size}>{formatNumber(preview.count)}</span>
        <Text span c="dimmed">
          {unit === 'account' ? plural(preview.count, 'account', 'accounts') : plural(preview.count, 'person', 'people')}, {formatPercent(share)} of{' '}
          {formatNumber(preview.everyone)}
        </Text>
        {waiting && <Loader size="xs" aria-label="Counting" />}
      </Group>
      {unit === 'person' && reach !== undefined && <ReachWords reach={reach} display="block" />}
      <Text size="xs" c="dimmed">
        Exact at {formatDateTime(preview.at)}, counted in {formatNumber(Math.max(1, Math.round(preview.milliseconds)))} ms
      </Text>
    </div>
  )
}

/** How many each condition keeps by itself; the whole first. */
function Clauses({ preview }: { preview: SegmentPreview }) {
  const clauses = shownClauses(preview.clauses)
  if (clauses.length === 0) return null
  return (
    <section aria-label="What each condition keeps">
      <Title order={2} size="h3" mb={4}>
        Each condition keeps
      </Title>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {clauses.map((clause) => (
          <li key={clause.path} style={{ paddingInlineStart: 12 * clause.depth }}>
            <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
              <Text size="sm" lineClamp={3} title={clause.sentence}>
                {clause.sentence}
              </Text>
              <Text size="sm" fw={600}>
                {formatNumber(clause.count)}
              </Text>
            </Group>
            <div className={classes.keptTrack} aria-hidden>
              <div className={classes.keptBar} style={{ width: `${preview.everyone === 0 ? 0 : (clause.count / preview.everyone) * 100}%` }} />
            </div>
          </li>
        ))}
      </Stack>
    </section>
  )
}

function Sample({ preview }: { preview: SegmentPreview }) {
  if (preview.people.length === 0) return <Text c="dimmed">Nobody fits all of it. The bars tell which condition leaves the fewest.</Text>
  return (
    <section aria-label="Some of the people">
      <Title order={2} size="h3" mb={4}>
        {preview.count > preview.people.length ? `${preview.people.length} of them` : 'They are'}
      </Title>
      <Stack gap="xs">
        {preview.people.map((person) => (
          <div key={person.id}>
            <Group gap="xs">
              <TextLink to="/people/$personId" params={{ personId: String(person.id) }}>
                {person.label}
              </TextLink>
              {person.kind === 'customer' && <Badge>Customer</Badge>}
            </Group>
            <Text size="xs" c="dimmed" lineClamp={3} title={person.reasons.join(' · ')}>
              {person.reasons.join(' · ')}
            </Text>
          </div>
        ))}
      </Stack>
    </section>
  )
}
