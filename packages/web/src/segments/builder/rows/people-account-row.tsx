import { NativeSelect } from '@mantine/core'
import { useAccountTypes } from '../../../accounts/use-account-types.ts'
import { type NumberPart, readComparison, writeComparison } from '../../../conditions/comparison.ts'
import { ComparisonFields } from '../../../conditions/comparison-fields.tsx'
import type { AccountDraft, PeopleDraft, QuantifierDraft } from '../../tree/row-draft.ts'
import { Word } from '../word.tsx'
import type { RowProps } from './row-props.ts'

/** *with at least 2 people who…*: the group of conditions follows below. */
export function PeopleRow({ draft, onChange, wrong }: RowProps<PeopleDraft>) {
  return (
    <>
      <QuantifierFields of="people" quantifier={draft.people} onChange={(people) => onChange({ ...draft, people })} wrong={wrong} />
      <Word>of its people matching, by what they did for this account:</Word>
    </>
  )
}

/** *with any account of the type company that…* */
export function AccountRow({ draft, onChange, wrong }: RowProps<AccountDraft>) {
  const types = useAccountTypes() ?? []
  const known = types.map(({ name }) => name)
  return (
    <>
      <QuantifierFields of="accounts" quantifier={draft.account} onChange={(account) => onChange({ ...draft, account })} wrong={wrong} />
      <Word>of their accounts</Word>
      <NativeSelect
        aria-label="Type of account"
        data={[
          { value: '', label: 'of any type' },
          ...[...new Set([...known, ...(draft.type === undefined ? [] : [draft.type])])].map((type) => ({ value: type, label: `of the type ${type}` })),
        ]}
        value={draft.type ?? ''}
        onChange={(event) => onChange({ ...draft, type: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
      />
      <Word>matching:</Word>
    </>
  )
}

interface QuantifierFieldsProps {
  of: 'people' | 'accounts'
  quantifier: QuantifierDraft
  onChange: (quantifier: QuantifierDraft) => void
  wrong: boolean
}

function QuantifierFields({ of, quantifier, onChange, wrong }: QuantifierFieldsProps) {
  const kind = typeof quantifier === 'string' ? quantifier : 'share' in quantifier ? 'share' : 'number'
  const numbers = (typeof quantifier === 'string' ? {} : 'share' in quantifier ? quantifier.share : quantifier) as NumberPart
  const choose = (chosen: string) => {
    if (chosen === 'share') onChange({ share: { atLeast: 50 } })
    else onChange(chosen === 'number' ? { atLeast: 2 } : (chosen as 'any' | 'all' | 'none'))
  }
  return (
    <>
      <NativeSelect
        aria-label={`How many of the ${of}`}
        data={[
          { value: 'any', label: 'any' },
          { value: 'all', label: 'all' },
          { value: 'none', label: 'none' },
          { value: 'number', label: 'a number' },
          { value: 'share', label: 'a share' },
        ]}
        value={kind}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {typeof quantifier !== 'string' && (
        <>
          <ComparisonFields
            label={kind === 'share' ? 'Percent' : 'Number'}
            comparison={readComparison(numbers)}
            onChange={(changed) => onChange(kind === 'share' ? { share: writeComparison(changed) } : writeComparison(changed))}
            wrong={wrong}
          />
          {kind === 'share' && <Word>%</Word>}
        </>
      )}
    </>
  )
}
