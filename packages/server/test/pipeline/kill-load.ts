/** The load of the kill test: batch `n` is the same in every process, so that what was not acknowledged is sent again as it was. */

export const eventsPerBatch = 30
export const months = 16
/** Acknowledged batches are printed with this before their number. */
export const acknowledged = 'acknowledged '

const start = Date.UTC(2024, 0, 15)
const day = 86_400_000

export function uuidOf(batch: number, index: number): string {
  return `00000000-0000-4000-8000-${(batch * 1000 + index).toString(16).padStart(12, '0')}`
}

/** Thirty events over sixteen months: each sets a property to a value of its own, one joins two people, one changes an account, one is bad. */
export function eventsOf(batch: number): object[] {
  const events = Array.from({ length: eventsPerBatch }, (_, index) => {
    const seed = batch * eventsPerBatch + index
    const isAnonymous = index === 4
    const id = isAnonymous ? `anon${batch}` : `p${seed % 97}`
    const timestamp = new Date(start + ((seed * 7) % months) * 30 * day + seed).toISOString()
    const base = { uuid: uuidOf(batch, index), distinct_id: id, timestamp }
    const properties = { amount: seed / 4, $set: { last: uuidOf(batch, index) } }
    const groups = { $groups: { company: `c${seed % 11}`, ...(index % 3 === 0 && { team: `t${seed % 5}` }) } }
    if (index === 14) return { ...base, event: '$groupidentify', properties: { ...properties, ...groups, ...accountOf(batch, index) } }
    if (index === 4 || index > 20) return { ...base, event: `event ${index % 5}`, properties: { ...properties, ...groups } }
    if (index === 9) return { ...base, event: '$identify', properties: { ...properties, $anon_distinct_id: `anon${batch}` } }
    return { ...base, event: `event ${index % 5}`, properties }
  })
  return [...events, { uuid: uuidOf(batch, 999), event: 'bad', properties: {} }]
}

/** Sets a property of an account to a value of this event alone. */
function accountOf(batch: number, index: number): object {
  return { $group_type: 'company', $group_key: `c${(batch * eventsPerBatch + index) % 11}`, $group_set: { last: uuidOf(batch, index) } }
}
