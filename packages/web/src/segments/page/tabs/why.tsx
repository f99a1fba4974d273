import type { PeoplePage, PersonProfile, Segment } from '@kindred/model'
import { Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useProjectQuery } from '../../../api/project.ts'
import { ChooseByHand } from './choose-by-hand.tsx'
import { WhyAnswer } from './why-answer.tsx'

/** Anybody can be looked up, members or not. */
export function Why({ segment }: { segment: Segment }) {
  const { person: asked } = useSearch({ strict: false }) as { person?: unknown }
  const navigate = useNavigate()
  const person = typeof asked === 'number' ? String(asked) : null
  const setPerson = (id: string | null) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, person: id === null ? undefined : Number(id) }), replace: true, resetScroll: false })
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 250)
  const people = useProjectQuery<PeoplePage>('people', { search: wanted || null, limit: 20 })
  // Whoever the address names need not be among those found.
  const named = useProjectQuery<PersonProfile>(`people/${person}`, {}, { enabled: person !== null })
  const offered = (people.data?.results ?? []).map(({ id, label }) => ({ value: String(id), label }))
  const options =
    named.data === undefined || offered.some(({ value }) => value === person)
      ? offered
      : [...offered, { value: String(named.data.id), label: named.data.label }]
  if (segment.unit === 'account') return <Text c="dimmed">Reasons are told of people; this segment holds accounts.</Text>
  return (
    <Stack>
      <Select
        label="Person"
        placeholder="Name, e-mail or id"
        searchable
        data={options}
        filter={({ options: found }) => found}
        searchValue={search}
        onSearchChange={setSearch}
        value={person}
        onChange={setPerson}
        nothingFoundMessage="Nobody by these words"
        maw={420}
      />
      {person === null && (
        <Text c="dimmed">Choose anybody: you will see which conditions they meet and which not, since when they are in it, and when that will change.</Text>
      )}
      {person !== null && (
        <>
          <WhyAnswer segmentId={segment.id} personId={Number(person)} />
          <ChooseByHand segmentId={segment.id} personId={Number(person)} />
        </>
      )}
    </Stack>
  )
}
