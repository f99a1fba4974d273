import type { Segmentation, SegmentationReport } from '@kindred/model'
import { Badge, Group, List, ScrollArea, Stack, Table, Text, Title } from '@mantine/core'
import { formatDate, formatDateTime, formatMoney, formatNumber, formatPercent, plural } from '../app/format.ts'
import { SignatureState } from './comments.tsx'
import classes from './report.module.css'
import { ReportPairs } from './report-pairs.tsx'
import { ReportScope } from './report-scope.tsx'
import { approachWords, areaWords } from './words.ts'

interface ReportProps {
  segmentation: Segmentation
  report: SegmentationReport
  currency: string
}

/** The whole segmentation on one page, to be read by somebody who was not there; made to be printed. */
export function Report({ segmentation, report, currency }: ReportProps) {
  const { segmentation: save } = segmentation
  const { scope } = save
  const ofAccounts = report.unit === 'account'
  return (
    <Stack gap="lg" className={classes.report}>
      <Purpose segmentation={segmentation} />
      <ReportScope scope={scope} report={report} />
      <Approached segmentation={segmentation} />
      <section aria-labelledby="sizes">
        <Title order={2} mb="xs" id="sizes">
          The segments
        </Title>
        <Text mb="sm">
          {formatNumber(report.inScope)} {ofAccounts ? plural(report.inScope, 'account', 'accounts') : plural(report.inScope, 'person', 'people')} in scope,{' '}
          {formatPercent(report.inScope === 0 ? 0 : report.covered / report.inScope)} of them in a named segment
          {report.overlapping > 0 && `; ${formatNumber(report.overlapping)} fit more than one rule`}.
        </Text>
        <Groups report={report} target={save.target} currency={currency} />
        <Text size="xs" c="dimmed" mt="xs">
          Counted exactly at {formatDateTime(report.at)}.
          {!ofAccounts && ' Revenue of the last 365 days; reachable are those with an e-mail address who gave their consent to marketing by e-mail.'}
        </Text>
      </section>
      <ReportPairs report={report} />
      <Variables segmentation={segmentation} report={report} />
      {save.stakeholders.length > 0 && (
        <section aria-labelledby="agreed">
          <Title order={2} mb="xs" id="agreed">
            Agreed with
          </Title>
          <Group gap="xl">
            {save.stakeholders.map((each) => (
              <SignatureState key={each.id} stakeholder={each} signOffs={segmentation.signOffs} />
            ))}
          </Group>
        </section>
      )}
      {(save.revision.text !== '' || save.revision.next !== undefined) && (
        <Section
          title="Revision"
          text={[save.revision.next === undefined ? '' : `To be looked at again on ${formatDate(Date.parse(save.revision.next), 'UTC')}.`, save.revision.text]
            .filter(Boolean)
            .join(' ')}
        />
      )}
    </Stack>
  )
}

function Purpose({ segmentation: { segmentation: save } }: Pick<ReportProps, 'segmentation'>) {
  const { problem, objective } = save
  return (
    <>
      {(problem.text !== '' || problem.area !== undefined) && (
        <Section title={problem.area === undefined ? 'Problem' : `Problem: ${areaWords[problem.area].name}`} text={problem.text} />
      )}
      {objective.text !== '' && <Section title="Objective" text={objective.text} />}
      {objective.outcome !== '' && <Section title="Outcome it should explain" text={objective.outcome} />}
      {objective.deliverables.length > 0 && (
        <section>
          <Title order={2} mb="xs">
            Deliverables
          </Title>
          <List>
            {objective.deliverables.map((each) => (
              <List.Item key={each}>{each}</List.Item>
            ))}
          </List>
        </section>
      )}
    </>
  )
}

function Approached({ segmentation }: Pick<ReportProps, 'segmentation'>) {
  const { approach } = segmentation.segmentation
  if (approach.kind === undefined && approach.text === '') return null
  return <Section title={approach.kind === undefined ? 'Approach' : `Approach: ${approachWords[approach.kind].name}`} text={approach.text} />
}

function Section({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <Title order={2} mb={4}>
        {title}
      </Title>
      <Text style={{ whiteSpace: 'pre-wrap' }}>{text}</Text>
    </section>
  )
}

interface GroupsProps extends Pick<ReportProps, 'report' | 'currency'> {
  target: number | null
}

function Groups({ report, target, currency }: GroupsProps) {
  const rows = inOrder(report.groups)
  const ofAccounts = report.unit === 'account'
  const whom = ofAccounts ? 'Accounts' : 'People'
  const of = (own: number) => (report.inScope === 0 ? 0 : own / report.inScope)
  return (
    <ScrollArea type="auto" viewportProps={{ tabIndex: 0, 'aria-label': 'The segments with their sizes', role: 'region' }}>
      <Table className="kindred-rows">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Segment</Table.Th>
            <Table.Th>Share</Table.Th>
            <Table.Th ta="right">{whom}</Table.Th>
            {!ofAccounts && (
              <>
                <Table.Th ta="right">Reachable</Table.Th>
                <Table.Th ta="right">Revenue</Table.Th>
              </>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((group) => {
            const main = report.groups.find(({ segment }) => segment !== null && segment === group.mainSegment)
            return (
              <Table.Tr key={`${group.segment} ${group.name}`}>
                <Table.Td style={{ overflowWrap: 'anywhere', paddingInlineStart: main === undefined ? undefined : 32 }}>
                  {group.name}{' '}
                  {group.segment !== null && group.segment === target && (
                    <Badge size="sm" variant="light">
                      Target
                    </Badge>
                  )}
                </Table.Td>
                <Table.Td className={classes.share}>
                  <div className={classes.bar} style={{ width: `${100 * of(group.own)}%` }} aria-hidden />
                  {main === undefined ? formatPercent(of(group.own)) : `${formatPercent(main.own === 0 ? 0 : group.own / main.own)} of ${main.name}`}
                </Table.Td>
                <Table.Td ta="right" data-label={whom}>
                  {formatNumber(group.own)}
                </Table.Td>
                {!ofAccounts && (
                  <>
                    <Table.Td ta="right" data-label="Reachable">
                      {formatNumber(group.reachable)}
                    </Table.Td>
                    <Table.Td ta="right" data-label="Revenue">
                      {group.revenue === null ? '–' : formatMoney(group.revenue, currency)}
                    </Table.Td>
                  </>
                )}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

/** Niches right below their main segment. */
function inOrder(groups: SegmentationReport['groups']): SegmentationReport['groups'] {
  return groups
    .filter(({ mainSegment }) => mainSegment === null)
    .flatMap((main) => [main, ...groups.filter(({ mainSegment }) => mainSegment !== null && mainSegment === main.segment)])
}

function Variables({ segmentation, report }: Omit<ReportProps, 'currency'>) {
  const chosen = segmentation.segmentation.variables.filter((each) => each.chosen)
  if (chosen.length === 0) return null
  return (
    <section aria-labelledby="made-by">
      <Title order={2} mb="xs" id="made-by">
        Made by
      </Title>
      <List>
        {chosen.map(({ name, source, owner, why }) => {
          const share = report.known.find((each) => each.name === name)?.share ?? null
          const notes = [why, source && `from ${source}`, owner && `kept by ${owner}`, share !== null && `known of ${formatPercent(share)}`].filter(Boolean)
          return (
            <List.Item key={name}>
              <strong>{name}</strong>
              {notes.length > 0 && `: ${notes.join(', ')}`}
            </List.Item>
          )
        })}
      </List>
    </section>
  )
}
