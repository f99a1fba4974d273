import type { Comparison } from '@kindred/model'
import { NativeSelect, Text } from '@mantine/core'
import { type ComparisonDraft, isPair } from './comparison.ts'
import { NumberField } from './number-field.tsx'
import { replaceAt } from './operand.ts'

/** *at least*, *exactly*: how a number compares. */
export const comparisonWords: Record<keyof Comparison, string> = {
  atLeast: 'at least',
  moreThan: 'more than',
  equals: 'exactly',
  notEquals: 'not exactly',
  atMost: 'at most',
  lessThan: 'less than',
  between: 'between',
  notBetween: 'not between',
}
const names = Object.keys(comparisonWords) as (keyof Comparison)[]

interface ComparisonFieldsProps {
  label: string
  comparison: ComparisonDraft
  onChange: (comparison: ComparisonDraft) => void
  wrong: boolean
}

/** *at least 3*, *between 2 and 5* */
export function ComparisonFields({ label, comparison: { name, operand }, onChange, wrong }: ComparisonFieldsProps) {
  const [first = null, second = null] = Array.isArray(operand) ? operand : [operand]
  const choose = (chosen: keyof Comparison) => onChange({ name: chosen, operand: isPair(chosen) ? [first, second] : first })
  const end = (place: 0 | 1) => (value: number | null) => onChange({ name, operand: replaceAt(operand, place, value) as (number | null)[] })
  return (
    <>
      <NativeSelect
        aria-label={`${label}: comparison`}
        data={names.map((each) => ({ value: each, label: comparisonWords[each] }))}
        value={name}
        onChange={(event) => choose(event.currentTarget.value as keyof Comparison)}
      />
      {isPair(name) ? (
        <>
          <NumberField label={`${label}: from`} width={80} value={first} onChange={end(0)} error={wrong && first === null} />
          <Text span c="dimmed" py={8}>
            and
          </Text>
          <NumberField label={`${label}: to`} width={80} value={second} onChange={end(1)} error={wrong && second === null} />
        </>
      ) : (
        <NumberField label={label} width={80} value={first} onChange={(value) => onChange({ name, operand: value })} error={wrong && first === null} />
      )}
    </>
  )
}
