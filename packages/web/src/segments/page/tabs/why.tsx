import type { PeoplePage, Segment } from '@kindred/model'
import { Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useProjectQuery } from '../../../api/project.ts'
import { ChooseByHand } from './choose-by-hand.tsx'
import { WhyAnswer } from './why-answer.tsx'

/** Anybody can be looked up, members or not. */
export function Why({ segment }: { segment: Segment }) {
  const [person, setPerson] = useState<string | null>(null)
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 250)
  const people = useProjectQuery<PeoplePage>('people', { search: wanted || null, limit: 20 })
  if (segment.unit === 'account') return <Text c="dimmed">Reasons are told of people; this segment holds accounts.</Text>
  return (
    <Stack>
      <Select
        label="Person"
        placeholder="Name, e-mail or id"
        searchable
        data={(people.data?.results ?? []).map(({ id, label }) => ({ value: String(id), label }))}
        filter={({ options }) => options}
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
