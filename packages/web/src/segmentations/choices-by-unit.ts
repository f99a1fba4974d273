import type { Segment } from '@kindred/model'

type Offered = Pick<Segment, 'id' | 'name' | 'unit' | 'definition'>

/** Whether two segments hold the same: people, or accounts of one type. */
export const holdTheSame = (one: Offered, other: Offered) => one.unit === other.unit && one.definition?.accountType === other.definition?.accountType

/** A list holds its accounts whatever their type, so that those of the first's type are found in it; a rule of another type would be asked about them in vain. */
const canLieBeside = (segment: Offered, first: Offered) =>
  holdTheSame(segment, first) || (segment.unit === 'account' && first.unit === 'account' && segment.definition === null)

interface Choices {
  group: string
  items: { value: string; label: string; disabled: boolean }[]
}

/**
 * Segments to choose from, those of people first, those of each type of account below a heading of their own. `beside`: what was chosen first, which leaves out
 * whatever cannot be put beside it. `labels`: of the types of accounts.
 */
export function choicesByUnit(segments: readonly Offered[], labels: ReadonlyMap<string, string>, beside?: Offered | undefined): Choices[] {
  const groups = new Map<string, Choices['items']>()
  const headingOf = ({ unit, definition }: Offered) => {
    if (unit === 'person') return 'People'
    const type = definition?.accountType
    return type === undefined ? 'Accounts' : `Accounts of the type ${labels.get(type) ?? type}`
  }
  for (const segment of [...segments].sort((one, other) => Number(one.unit === 'account') - Number(other.unit === 'account'))) {
    const item = { value: String(segment.id), label: segment.name, disabled: beside !== undefined && !canLieBeside(segment, beside) }
    const heading = headingOf(segment)
    groups.set(heading, [...(groups.get(heading) ?? []), item])
  }
  return [...groups].map(([group, items]) => ({ group, items }))
}
