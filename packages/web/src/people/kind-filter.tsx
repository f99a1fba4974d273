import type { PersonRow } from '@kindred/model'
import { Select } from '@mantine/core'
import { useStatus } from '../api/project.ts'
import { formatNumber } from '../app/format.ts'
import { kindWords } from './kind-words.ts'

type Kind = PersonRow['kind']
const counted = { customer: 'customers', known: 'known', anonymous: 'anonymous' } as const

/** Everyone, or one kind of person, each with how many there are. */
export function KindFilter({ value, onChange }: { value: Kind | undefined; onChange: (kind: Kind | undefined) => void }) {
  const { data: status } = useStatus()
  const options = (Object.keys(kindWords) as Kind[]).map((kind) => ({
    value: kind as string,
    label: status ? `${kindWords[kind].many} (${formatNumber(status.people[counted[kind]])})` : kindWords[kind].many,
  }))
  return (
    <Select
      aria-label="Kind of person"
      data={[{ value: 'everyone', label: 'Everyone' }, ...options]}
      value={value ?? 'everyone'}
      onChange={(chosen) => onChange(chosen === 'everyone' || chosen === null ? undefined : (chosen as Kind))}
      allowDeselect={false}
      w={192}
    />
  )
}
