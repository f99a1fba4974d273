import type { BucketCondition } from '@kindred/model'
import { bind, raw, sql } from '../sql.ts'
import type { Plan } from './plan.ts'
import type { Reading } from './reading.ts'

export interface BucketPlan extends Plan {
  readonly kind: 'bucket'
  readonly salt: string
  /** Parts of a hundred: `from` belongs, `to` does not. */
  readonly from: number
  readonly to: number
}

/**
 * A stable part of a hundred, drawn by xxHash32 of `salt:id`. Any language has that hash, all of its 32 bits depend on every byte (those of a CRC do not:
 * two salts would draw nearly the same people), and a product of it with 100 is exact in a 64-bit float.
 */
export const bucket: Reading<BucketCondition, BucketPlan> = {
  plan: ({ bucket: { salt, from, to } }, { warn }) => {
    if (from === 0 && to === 100) warn('from 0 to 100 is everybody', 'bucket')
    return { kind: 'bucket', salt, from, to }
  },
  sql: (plan, { subject }) => {
    // One of an account's people is drawn as the person they are.
    const id = subject.unit === 'member' ? raw('p.person_id') : subject.id
    const drawn = sql`xxHash32(concat(${bind('String', plan.salt)}, ':', toString(${id}))) * 100 / 4294967296`
    return sql`(${drawn} >= ${bind('Float64', plan.from)} and ${drawn} < ${bind('Float64', plan.to)})`
  },
  readsOnlyId: () => true,
  says: ({ bucket: { salt, from, to } }, { who, negated }) =>
    `${who} are ${negated ? 'not ' : ''}in the part from ${from} to ${to} of 100${salt === '' ? '' : `, drawn by “${salt}”`}`,
}
