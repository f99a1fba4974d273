import { NumberInput, Select, Textarea, TextInput } from '@mantine/core'
import { UnitSelect, useHasUnits } from '../../accounts/unit-select.tsx'
import { changedTo } from '../held.ts'
import { useSegmentChoices } from '../use-segment-choices.ts'
import type { StepProps } from './step-props.ts'

/** Which people or accounts, how many of them, by when. */
export function ScopeStep({ save, change }: StepProps) {
  const { scope } = save
  const { held, choices } = useSegmentChoices(save)
  const hasUnits = useHasUnits(held)
  const ofAccounts = held.unit === 'account'
  const everyone = ofAccounts ? 'All accounts' : 'Everyone'
  return (
    <>
      {hasUnits && (
        <UnitSelect
          label="Whom is it about?"
          description="With another choice, the segments and properties that were chosen are chosen anew."
          value={held}
          onChange={(chosen) => change(changedTo(chosen, save))}
          maw={400}
        />
      )}
      <Select
        label={ofAccounts ? 'Which accounts?' : 'Which people?'}
        description={`${everyone}, or the members of a segment, for example all customers.`}
        data={[{ value: '', label: everyone }, ...choices]}
        value={scope.segment === null ? '' : String(scope.segment)}
        onChange={(chosen) => change({ scope: { ...scope, segment: chosen === '' || chosen === null ? null : Number(chosen) } })}
        searchable
        maw={400}
      />
      <NumberInput
        label="Share of them to be covered"
        description="How many percent should land in a named segment rather than in everyone else."
        value={scope.cover ?? ''}
        onChange={(cover) => change({ scope: { ...scope, cover: typeof cover === 'number' ? cover : undefined } })}
        min={0}
        max={100}
        suffix=" %"
        maw={200}
      />
      <TextInput
        type="date"
        label="To be done by"
        value={scope.until ?? ''}
        onChange={(event) => change({ scope: { ...scope, until: event.currentTarget.value || undefined } })}
        maw={200}
      />
      <Textarea
        label="Limits"
        description="Time, money and people it may take; what is left out on purpose."
        autosize
        minRows={2}
        value={scope.text}
        onChange={(event) => change({ scope: { ...scope, text: event.currentTarget.value } })}
      />
    </>
  )
}
