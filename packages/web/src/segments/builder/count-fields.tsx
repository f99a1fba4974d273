import { NativeSelect } from '@mantine/core'
import { type NumberPart, readComparison, writeComparison } from '../../conditions/comparison.ts'
import { ComparisonFields } from '../../conditions/comparison-fields.tsx'
import { Word } from './word.tsx'

interface CountFieldsProps {
  count: NumberPart | undefined
  label: string
  onChange: (count: NumberPart | undefined) => void
  wrong: boolean
}

/** *at least once*, or a number of times. */
export function CountFields({ count, label, onChange, wrong }: CountFieldsProps) {
  return (
    <>
      <NativeSelect
        aria-label={`${label}: how often`}
        data={['at least once', 'a number of times']}
        value={count === undefined ? 'at least once' : 'a number of times'}
        onChange={(event) => onChange(event.currentTarget.value === 'at least once' ? undefined : { atLeast: 2 })}
      />
      {count !== undefined && (
        <>
          <ComparisonFields label={label} comparison={readComparison(count)} onChange={(changed) => onChange(writeComparison(changed))} wrong={wrong} />
          <Word>times</Word>
        </>
      )}
    </>
  )
}
