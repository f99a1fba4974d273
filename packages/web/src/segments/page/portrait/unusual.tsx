import { type Condition, type Segment, type SegmentDifference, standardFieldNamed } from '@kindred/model'
import { Paper, ScrollArea, Table, Text, Title, UnstyledButton } from '@mantine/core'
import { useId } from 'react'
import { formatNumber, formatPercent, plural } from '../../../app/format.ts'
import { TextLink } from '../../../app/links.tsx'
import { Lines, Loaded } from '../../../app/loaded.tsx'
import { signedDifference, sizeOfEffect, whatDiffers } from '../../../segmentations/difference-words.ts'
import type { OpenedNumber } from './opened-definition.tsx'
import classes from './portrait.module.css'
import { useUnusual } from './use-portrait.ts'

const shown = 12

interface UnusualProps {
  segment: Segment
  onOpen: (opened: OpenedNumber) => void
}

/** What sets the members apart from everyone else, the largest effect first. */
export function Unusual({ segment, onOpen }: UnusualProps) {
  const id = useId()
  const query = useUnusual(segment)
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Title order={2} size="h3" id={id}>
        What is unusual about them
      </Title>
      <Loaded query={query} skeleton={<Lines count={8} />}>
        {({ differences, examined }) =>
          differences.length === 0 ? (
            <Text c="dimmed">
              Nothing: of {formatNumber(examined)} {plural(examined, 'property or event', 'properties and events')} none differs from everyone else by more than
              chance would explain.
            </Text>
          ) : (
            <>
              <Text c="dimmed" size="xs" mb="xs">
                Beside everyone else, the largest effect first, with the 95 % interval of the difference. {formatNumber(examined)} things were looked at.
              </Text>
              <Differences differences={differences.slice(0, shown)} segment={segment} onOpen={onOpen} />
              <TextLink to="/segments/compare" search={{ a: segment.id }} size="sm" mt="xs" display="inline-block">
                {differences.length > shown ? `All ${formatNumber(differences.length)} differences` : 'Compare with another segment'}
              </TextLink>
            </>
          )
        }
      </Loaded>
    </Paper>
  )
}

function Differences({ differences, segment, onOpen }: UnusualProps & { differences: readonly SegmentDifference[] }) {
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'Differences', role: 'region' }}>
      <Table className="kindred-rows" style={{ '--rows-width': '560px' }} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What</Table.Th>
            <Table.Th ta="right">Members</Table.Th>
            <Table.Th ta="right">Everyone else</Table.Th>
            <Table.Th>Difference</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map((each) => (
            <Line key={`${each.kind} ${each.name} ${each.kind === 'value' ? each.value : ''}`} difference={each} segment={segment} onOpen={onOpen} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function Line({ difference, segment, onOpen }: UnusualProps & { difference: SegmentDifference }) {
  const write = difference.kind === 'number' ? formatNumber : formatPercent
  const what = whatDiffers(difference)
  const condition = conditionOf(difference)
  return (
    <Table.Tr>
      <Table.Td>{what}</Table.Td>
      <Table.Td ta="right" data-label="Members">
        {condition === null ? (
          write(difference.a)
        ) : (
          <UnstyledButton
            className={classes.number}
            aria-label={`${write(difference.a)} of the members: ${what}`}
            onClick={() => onOpen({ title: what, definition: { unit: 'person', where: { all: [{ in: segment.id }, condition] } } })}
          >
            {write(difference.a)}
          </UnstyledButton>
        )}
      </Table.Td>
      <Table.Td ta="right" data-label="Everyone else">
        {write(difference.b)}
      </Table.Td>
      <Table.Td>
        <Text span fw={500}>
          {signedDifference(difference, difference.difference)}
        </Text>{' '}
        <Text span size="xs" c="dimmed">
          {signedDifference(difference, difference.low)} to {signedDifference(difference, difference.high)}, {sizeOfEffect(difference.effect)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

/** Whom a share counts; null for a mean, which counts nobody. */
function conditionOf(difference: SegmentDifference): Condition | null {
  const { kind, name } = difference
  if (kind === 'event') return { did: name, within: { last: '90 days' } }
  if (kind === 'number') return null
  const { value } = difference
  // A property of the project's own may hold lists, of which a single value is the shortest.
  const isSingle = standardFieldNamed(name) !== undefined && standardFieldNamed(name)?.type !== 'list'
  return isSingle ? { property: name, is: [value] } : { property: name, hasAnyOf: [value] }
}
