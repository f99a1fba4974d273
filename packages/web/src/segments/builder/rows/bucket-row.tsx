import { TextInput } from '@mantine/core'
import { NumberField } from '../../../conditions/number-field.tsx'
import type { BucketDraft } from '../../tree/row-draft.ts'
import { Word } from '../word.tsx'
import type { RowProps } from './row-props.ts'

/** *in the part from 0 to 10 of a hundred*: the same people every time. */
export function BucketRow({ draft, onChange, wrong }: RowProps<BucketDraft>) {
  const { bucket } = draft
  const set = (changed: Partial<BucketDraft['bucket']>) => onChange({ ...draft, bucket: { ...bucket, ...changed } })
  return (
    <>
      <Word>the same part of a hundred every time, from</Word>
      <NumberField label="From, of a hundred" width={72} value={bucket.from} onChange={(from) => set({ from })} error={wrong} />
      <Word>to</Word>
      <NumberField label="To, not included, of a hundred" width={72} value={bucket.to} onChange={(to) => set({ to })} error={wrong} />
      <Word>drawn as</Word>
      <TextInput
        aria-label="Name of the draw: another name draws anew"
        placeholder="one draw for all"
        value={bucket.salt}
        onChange={(event) => set({ salt: event.currentTarget.value })}
        w={150}
      />
    </>
  )
}
