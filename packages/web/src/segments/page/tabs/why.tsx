import type { AccountRow, Page, PersonRow, Segment } from '@kindred/model'
import { Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useProjectQuery } from '../../../api/project.ts'
import { ChooseByHand } from './choose-by-hand.tsx'
import { WhyAnswer } from './why-answer.tsx'

type Labelled = Pick<PersonRow | AccountRow, 'id' | 'label'>

/** What is looked up: people, or accounts. */
const kinds = {
  person: { path: 'people', label: 'Person', placeholder: 'Name, e-mail or id', nothing: 'Nobody by these words', anybody: 'anybody' },
  account: { path: 'accounts', label: 'Account', placeholder: 'Name or key', nothing: 'No account by these words', anybody: 'any account' },
} as const

/** Anybody can be looked up, members or not. */
export function Why({ segment }: { segment: Segment }) {
  const { path, label, placeholder, nothing, anybody } = kinds[segment.unit]
  const { person: asked } = useSearch({ strict: false }) as { person?: unknown }
  const navigate = useNavigate()
  const person = typeof asked === 'number' ? String(asked) : null
  const setPerson = (id: string | null) =>
    void navigate({ to: '.', search: (before: object) => ({ ...before, person: id === null ? undefined : Number(id) }), replace: true, resetScroll: false })
  const [search, setSearch] = useState('')
  const [wanted] = useDebouncedValue(search, 250)
  const type = segment.unit === 'account' ? (segment.definition?.accountType ?? null) : null
  const found = useProjectQuery<Page<Labelled>>(path, { search: wanted || null, type, limit: 20 })
  // Whoever the address names need not be among those found.
  const named = useProjectQuery<Labelled>(`${path}/${person}`, {}, { enabled: person !== null })
  const offered = (found.data?.results ?? []).map(({ id, label }) => ({ value: String(id), label }))
  const options =
    named.data === undefined || offered.some(({ value }) => value === person)
      ? offered
      : [...offered, { value: String(named.data.id), label: named.data.label }]
  return (
    <Stack>
      <Select
        label={label}
        placeholder={placeholder}
        searchable
        data={options}
        filter={({ options: all }) => all}
        searchValue={search}
        onSearchChange={setSearch}
        value={person}
        onChange={setPerson}
        nothingFoundMessage={nothing}
        maw={420}
      />
      {person === null && (
        <Text c="dimmed">Choose {anybody}: you will see which conditions they meet and which not, since when they are in it, and when that will change.</Text>
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
