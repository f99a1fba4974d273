import type { KeptReach, SegmentComparison, SegmentDifference } from '@kindred/model'
import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useProject } from '../api/project.ts'
import { EmptyState } from '../app/empty-state.tsx'
import { formatDateTime, formatNumber, plural } from '../app/format.ts'
import { PlainLink } from '../app/links.tsx'
import { ReachWords } from '../segments/reach-words.tsx'
import { useReaches } from '../segments/use-reaches.ts'
import classes from './comparison.module.css'
import { differenceCondition } from './difference-condition.ts'
import { differenceKey, isOfMeans, sideWords, signedDifference, sizeOfEffect, whatDiffers } from './difference-words.ts'
import { ofUnit } from './overlap-search.ts'

type Sides = Pick<SegmentComparison, 'unit' | 'a' | 'b'> & Pick<ComparisonProps, 'accountType'>
const kinds = [
  { value: 'all', label: 'All' },
  { value: 'value', label: 'Who they are' },
  { value: 'event', label: 'What they did' },
  { value: 'number', label: 'Numbers' },
  { value: 'trait', label: 'Traits' },
]
const isOfKind = (difference: SegmentDifference, kind: string) => difference.kind === kind || (kind === 'trait' && difference.kind === 'traitValue')
const shownAtFirst = 20

interface ComparisonProps {
  comparison: SegmentComparison
  /** Whose accounts are compared; undefined: people, or accounts of every type. */
  accountType: string | undefined
  /** What is still to come, such as "traits"; null where all is told. */
  missing: string | null
}

/** The differences, largest effect first: both groups as bars beside each other. A row opens those of the first group it is true of. */
export function Comparison({ comparison, accountType, missing }: ComparisonProps) {
  const { a, b, differences, examined, leftOut, at } = comparison
  const sides = [a.id, b.id].filter((id) => id !== null)
  const reachOf = useReaches({ segments: comparison.unit === 'person' ? sides : null, watermark: comparison.watermark })
  const [kind, setKind] = useState('all')
  const [all, setAll] = useState(false)
  const wanted = differences.filter((each) => kind === 'all' || isOfKind(each, kind))
  const shown = all ? wanted : wanted.slice(0, shownAtFirst)
  if (a.size === 0 || b.size === 0) {
    const [empty, other] = a.size === 0 ? [a, b] : [b, a]
    const none = comparison.unit === 'account' ? 'No account' : 'Nobody'
    return (
      <EmptyState title="There is nothing to compare">{`${none} is in “${empty.name}”, where “${other.name}” has ${formatNumber(other.size)}.`}</EmptyState>
    )
  }
  if (differences.length === 0)
    return missing !== null ? (
      <Text c="dimmed">{`Nothing yet that differs by more than chance would explain, without ${missing}.`}</Text>
    ) : (
      <EmptyState title="Nothing sets them apart">{`${formatNumber(examined)} properties, events and traits were looked at; none differs by more than chance would explain.`}</EmptyState>
    )
  return (
    <section aria-label="What sets them apart">
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="md">
            <Key side="a" of={a} reach={reachOf(a.id)} />
            <Key side="b" of={b} reach={reachOf(b.id)} />
          </Group>
          <SegmentedControl
            size="xs"
            aria-label="Kind of difference"
            data={kinds}
            value={kind}
            onChange={setKind}
            // On a narrow screen the last ones stand on a second line instead of beside the screen.
            styles={{ root: { flexWrap: 'wrap' }, control: { flex: 'none' }, label: { paddingInline: 4 } }}
          />
        </Group>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">{a.name}</th>
              <th scope="col">{b.name}</th>
              <th scope="col">Difference</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each) => (
              <Line key={differenceKey(each)} difference={each} sides={{ ...comparison, accountType }} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 && <Text c="dimmed">Nothing of this kind differs by more than chance would explain.</Text>}
        {wanted.length > shown.length && (
          <Button variant="default" w="fit-content" onClick={() => setAll(true)}>
            Show all {formatNumber(wanted.length)}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          Largest effect first; with each difference stands its 95 % interval. {formatNumber(examined)} {plural(examined, 'thing was', 'things were')} looked at
          {missing !== null && `, without ${missing} so far`}, so one in twenty of those that do not really differ may look as if it did. Exact at{' '}
          {formatDateTime(at)}.
        </Text>
        {leftOut.length > 0 && (
          <Text size="xs" c="dimmed">
            Not looked at, since reading them takes too long or too much memory, or there are too many: {leftOut.map(({ label }) => label).join(', ')}.
          </Text>
        )}
      </Stack>
    </section>
  )
}

interface KeyProps {
  side: 'a' | 'b'
  of: SegmentComparison['a'] | SegmentComparison['b']
  reach: KeptReach | undefined
}

/** One of the two groups: its colour, how many they are, and how many of them can be written to. */
function Key({ side, of, reach }: KeyProps) {
  return (
    <span className={classes.key}>
      <span className={classes.swatch} data-side={side} aria-hidden />
      <span>
        {of.name} ({formatNumber(of.size)}){reach !== undefined && <ReachWords reach={reach} display="block" />}
      </span>
    </span>
  )
}

function Line({ difference, sides }: { difference: SegmentDifference; sides: Sides }) {
  const { a, b } = difference
  const { data: project } = useProject()
  const most = isOfMeans(difference) ? Math.max(Math.abs(a), Math.abs(b)) || 1 : 1
  const write = (value: number) => sideWords(difference, value, project?.currency)
  const signed = (value: number) => signedDifference(difference, value, project?.currency)
  const condition = differenceCondition(difference)
  const what = whatDiffers(difference)
  return (
    <tr>
      <th scope="row" className={classes.what}>
        {condition === null ? (
          what
        ) : (
          <PlainLink
            to="/segments/new"
            search={ofUnit({ all: [{ in: sides.a.id }, condition] }, sides)}
            className={classes.opener}
            title={`Open those of ${sides.a.name}`}
          >
            {what}
          </PlainLink>
        )}
      </th>
      <Share side="a" share={a / most} text={write(a)} />
      <Share side="b" share={b / most} text={write(b)} />
      <td className={classes.difference}>
        <Text span fw={500}>
          {signed(difference.difference)}
        </Text>{' '}
        <Text span size="xs" c="dimmed">
          {signed(difference.low)} to {signed(difference.high)}, {sizeOfEffect(difference.effect)}
        </Text>
      </td>
    </tr>
  )
}

function Share({ side, share, text }: { side: 'a' | 'b'; share: number; text: string }) {
  return (
    <td className={classes.side}>
      <span className={classes.sideInner}>
        <span className={classes.track} aria-hidden>
          <span className={classes.bar} data-side={side} style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
        </span>
        <span className={classes.number}>{text}</span>
      </span>
    </td>
  )
}
