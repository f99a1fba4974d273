import { NativeSelect, Text } from '@mantine/core'
import { Picker } from '../data/picker.tsx'
import { traitType, useTraits } from '../data/traits.ts'
import classes from './conditions.module.css'
import { NumberField } from './number-field.tsx'
import { OperatorFields } from './operator-fields.tsx'
import { withOperatorOf, withoutOperator } from './operator-part.ts'
import { operatorGroups } from './operators.ts'
import { draftMistake, emptyDraft, readDraft, writeDraft } from './property-draft.ts'
import type { RankDraft, TraitComparison } from './trait-comparison.ts'
import { typeOfOperator } from './value-type.ts'

interface TraitFieldsProps {
  draft: TraitComparison
  onChange: (draft: TraitComparison) => void
  wrong: boolean
  /** Offers those of people alone. */
  ofPeople?: boolean
}

/** *total spent is at least 100*, or *is among the highest 10 percent* */
export function TraitFields({ draft, onChange, wrong, ofPeople = false }: TraitFieldsProps) {
  const known = useTraits()
  const traits = known?.filter(({ unit }) => !ofPeople || unit !== 'account')
  const chosen = traits?.find(({ name }) => name === draft.trait)
  const own = readDraft({ ...draft, property: draft.trait })
  const type = chosen === undefined ? typeOfOperator(own.operator, own.operand) : traitType(chosen)
  const label = chosen?.label ?? draft.trait
  const groups = [
    { label: 'Ready made', options: (traits ?? []).filter(({ builtIn }) => builtIn) },
    { label: 'Of this project', options: (traits ?? []).filter(({ builtIn }) => !builtIn) },
  ].filter(({ options }) => options.length > 0)
  return (
    <>
      <div className={classes.property}>
        <Picker
          label="Choose a computed value"
          placeholder="Choose a computed value"
          groups={groups.map((group) => ({
            label: group.label,
            options: group.options.map((each) => ({ value: each.name, label: each.label, name: each.name, says: each.unit ?? each.type })),
          }))}
          value={draft.trait === '' ? null : draft.trait}
          valueLabel={label}
          onChange={(trait) => {
            const next = traits?.find(({ name }) => name === trait)
            const { property: _, ...operator } = writeDraft(emptyDraft(trait, next === undefined ? 'number' : traitType(next)))
            onChange({ trait, ...(draft.rank === undefined ? operator : { rank: draft.rank }) })
          }}
          onFreeText={(trait) => onChange({ ...draft, trait })}
          error={wrong && draft.trait === '' ? ' ' : null}
        />
      </div>
      {draft.trait !== '' && (
        <>
          <NativeSelect
            aria-label={`${label}: compared with a value, or with everyone`}
            data={[
              { value: 'value', label: 'compared with a value' },
              { value: 'rank', label: 'compared with everyone' },
            ]}
            value={draft.rank === undefined ? 'value' : 'rank'}
            onChange={(event) => {
              const { rank: _, ...bare } = withoutOperator(draft)
              const { property: __, ...operator } = writeDraft(emptyDraft(draft.trait, chosen === undefined ? 'number' : traitType(chosen)))
              onChange(event.currentTarget.value === 'rank' ? { ...bare, rank: { topPercent: 10 } } : { ...bare, ...operator })
            }}
          />
          {draft.rank === undefined ? (
            <OperatorFields
              label={label}
              draft={own}
              groups={operatorGroups(type)}
              type={type}
              of="person"
              valuesOf=""
              wrong={wrong && draftMistake(own) !== null}
              onChange={(changed) => onChange(withOperatorOf(draft, changed))}
            />
          ) : (
            <RankFields rank={draft.rank} onChange={(rank) => onChange({ ...draft, rank })} wrong={wrong} />
          )}
        </>
      )}
    </>
  )
}

const rankWords: Record<keyof RankDraft, string> = {
  top: 'is among the highest',
  bottom: 'is among the lowest',
  topPercent: 'is among the highest percent',
  bottomPercent: 'is among the lowest percent',
  decile: 'is in the tenth of people',
  quintile: 'is in the fifth of people',
}

function RankFields({ rank, onChange, wrong }: { rank: RankDraft; onChange: (rank: RankDraft) => void; wrong: boolean }) {
  const names = Object.keys(rankWords) as (keyof RankDraft)[]
  const name = names.find((each) => rank[each] !== undefined) ?? 'top'
  const isPart = name === 'decile' || name === 'quintile'
  return (
    <>
      <NativeSelect
        aria-label="Place among everyone"
        data={names.map((each) => ({ value: each, label: rankWords[each] }))}
        value={name}
        onChange={(event) => {
          const chosen = event.currentTarget.value as keyof RankDraft
          const parts = chosen === 'decile' || chosen === 'quintile'
          onChange({ [chosen]: parts || isPart ? (parts ? 1 : 10) : rank[name] })
        }}
      />
      <NumberField
        label="Place among everyone: number"
        whole={name !== 'topPercent' && name !== 'bottomPercent'}
        width={80}
        value={rank[name]}
        onChange={(value) => onChange({ [name]: value })}
        error={wrong}
      />
      <Text span c="dimmed" py={8}>
        {name === 'topPercent' || name === 'bottomPercent' ? '%' : isPart ? '(1 is the highest)' : 'people'}
      </Text>
    </>
  )
}
