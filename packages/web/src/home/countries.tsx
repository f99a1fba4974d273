import type { BreakdownKey, InsightAnswer, Status, TrendsInput } from '@kindred/model'
import { Text, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useProject } from '../api/project.ts'
import { TextLink } from '../app/links.tsx'
import { Loaded } from '../app/loaded.tsx'
import { useProperties } from '../data/known-names.ts'
import type { OpenedPoint } from '../people/opened-point.ts'
import { countryKeys, countryName } from '../people/person-value.ts'
import { Card } from './card.tsx'
import { OpenedPeople } from './opened-people.tsx'
import { recentRange } from './recent-range.ts'
import { ShareList } from './share-list.tsx'
import { useInsight } from './use-insight.ts'

/** Where the active people are; each country opens its people. */
export function Countries({ status }: { status: Status }) {
  const properties = useProperties()
  const { data: project } = useProject()
  const known = new Set((properties.data ?? []).filter(({ of }) => of === 'person').map(({ name }) => name))
  const property = countryKeys.find((key) => known.has(key))
  const { range, words } = recentRange(status.lastEventAt, project?.timezone)
  const query: TrendsInput = {
    series: [{ event: { any: true }, measure: 'people' }],
    breakdown: { of: 'person', property: property ?? '', limit: 6 },
    range,
    display: 'ranking',
  }
  const answer = useInsight(query, property !== undefined)
  return (
    <Card
      title="Where people are"
      says={words.replace('Each of the', 'Active in the')}
      more={
        property !== undefined && (
          <TextLink to="/insights/new" search={{ series: query.series, by: query.breakdown, display: 'map', ...range }}>
            Map
          </TextLink>
        )
      }
    >
      {properties.data && property === undefined ? (
        <Text c="dimmed">No country is known yet. It comes with the first event of an SDK, or with an imported column.</Text>
      ) : (
        <Loaded query={answer}>{(data) => <CountryRows answer={data} query={query} />}</Loaded>
      )}
    </Card>
  )
}

function CountryRows({ answer, query }: { answer: InsightAnswer; query: TrendsInput }) {
  const [opened, setOpened] = useState<OpenedPoint | null>(null)
  const rows = answer.rows.filter(({ breakdown }) => breakdown?.kind === 'value' || breakdown?.kind === 'none').slice(0, 6)
  const label = (key: BreakdownKey | undefined) => (key?.kind === 'value' ? countryName(key.value) : 'Unknown')
  if (rows.length === 0) return <Text c="dimmed">Nobody was active.</Text>
  return (
    <>
      <ShareList
        shares={rows.map((row, place) => ({ key: String(place), label: label(row.breakdown), count: row.total }))}
        opener={({ key, label: title }, props) => (
          <UnstyledButton {...props} onClick={() => setOpened({ point: { index: 0, breakdown: rows[Number(key)]?.breakdown }, title: `Active, ${title}` })} />
        )}
      />
      <OpenedPeople query={query} asOf={answer} opened={opened} onClose={() => setOpened(null)} />
    </>
  )
}
