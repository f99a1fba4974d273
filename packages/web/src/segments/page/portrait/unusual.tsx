import type { Condition, Segment, SegmentDifference } from '@kindred/model'
import { Paper, ScrollArea, Table, Text, Title, UnstyledButton } from '@mantine/core'
import { useId } from 'react'
import { useProject } from '../../../api/project.ts'
import { formatNumber, plural } from '../../../app/format.ts'
import { PlainLink, TextLink } from '../../../app/links.tsx'
import { Lines, Loaded } from '../../../app/loaded.tsx'
import { differenceCondition } from '../../../segmentations/difference-condition.ts'
import { differenceKey, sideWords, signedDifference, sizeOfEffect, whatDiffers } from '../../../segmentations/difference-words.ts'
import { useComparison } from '../../../segmentations/use-comparison.ts'
import type { OpenedNumber } from './opened-definition.tsx'
import classes from './portrait.module.css'

const shown = 12

interface UnusualProps {
  segment: Segment
  onOpen: (opened: OpenedNumber) => void
}

/** Whom the members stand beside. */
const words = {
  person: { title: 'What is unusual about them', others: 'Everyone else', beside: 'everyone else' },
  account: { title: 'What is unusual about these accounts', others: 'All others', beside: 'all other accounts' },
} as const

/** What sets the members apart from everyone else, or from all other accounts, the largest effect first. */
export function Unusual({ segment, onOpen }: UnusualProps) {
  const id = useId()
  const query = useComparison(segment.id)
  const { title, beside } = words[segment.unit]
  return (
    <Paper withBorder p="md" component="section" aria-labelledby={id}>
      <Title order={2} size="h3" id={id}>
        {title}
      </Title>
      <Loaded query={query} skeleton={<Lines count={8} />}>
        {({ differences, examined }) =>
          differences.length === 0 && query.isFetching && query.missing !== null ? (
            <Lines count={8} />
          ) : differences.length === 0 ? (
            <Text c="dimmed">
              Nothing: of {formatNumber(examined)} {plural(examined, 'property, event or trait', 'properties, events and traits')} none differs from everyone
              else by more than chance would explain.
            </Text>
          ) : (
            <>
              <Text c="dimmed" size="xs" mb="xs">
                Beside {beside}, the largest effect first, with the 95 % interval of the difference. {formatNumber(examined)} things were looked at
                {query.isFetching && query.missing !== null ? `; ${query.missing} are still being compared` : ''}.
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
            <Table.Th ta="right">{words[segment.unit].others}</Table.Th>
            <Table.Th>Difference</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {differences.map((each) => (
            <Line key={differenceKey(each)} difference={each} segment={segment} onOpen={onOpen} />
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function Line({ difference, segment, onOpen }: UnusualProps & { difference: SegmentDifference }) {
  const { data: project } = useProject()
  const write = (value: number) => sideWords(difference, value, project?.currency)
  const signed = (value: number) => signedDifference(difference, value, project?.currency)
  const what = whatDiffers(difference)
  const condition = differenceCondition(difference)
  return (
    <Table.Tr>
      <Table.Td>{what}</Table.Td>
      <Table.Td ta="right" data-label="Members">
        {condition === null ? (
          write(difference.a)
        ) : (
          <Opener title={what} where={{ all: [{ in: segment.id }, condition] }} segment={segment} onOpen={onOpen}>
            {write(difference.a)}
          </Opener>
        )}
      </Table.Td>
      <Table.Td ta="right" data-label={words[segment.unit].others}>
        {write(difference.b)}
      </Table.Td>
      <Table.Td>
        <Text span fw={500}>
          {signed(difference.difference)}
        </Text>{' '}
        <Text span size="xs" c="dimmed">
          {signed(difference.low)} to {signed(difference.high)}, {sizeOfEffect(difference.effect)}
        </Text>
      </Table.Td>
    </Table.Tr>
  )
}

interface OpenerProps extends UnusualProps {
  title: string
  where: Condition
  children: string
}

/** Members that are people are listed beside the page; accounts are counted in the builder, where they can be saved too. */
function Opener({ title, where, segment: { unit, definition }, onOpen, children }: OpenerProps) {
  const label = `${children} of the members: ${title}`
  if (unit === 'person') {
    return (
      <UnstyledButton className={classes.number} aria-label={label} onClick={() => onOpen({ title, definition: { unit, where } })}>
        {children}
      </UnstyledButton>
    )
  }
  return (
    <PlainLink to="/segments/new" search={{ where, unit, accountType: definition?.accountType }} className={classes.number} aria-label={label}>
      {children}
    </PlainLink>
  )
}
