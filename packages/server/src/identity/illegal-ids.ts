/** Ids that many senders write when they know nobody. Merging by one would join strangers. */
const inAnyCase = new Set(['anonymous', 'guest', 'distinctid', 'distinct_id', 'id', 'not_authenticated', 'email', 'undefined', 'true', 'false'])
const asWritten = new Set(['[object Object]', 'NaN', 'None', 'none', 'null', '0', 'undefined'])

/** True for an id that names nobody: blank, or one of the known placeholders, also in quotes. */
export function isIllegalId(id: string): boolean {
  const text = id.trim()
  const bare = /^(['"])(.*)\1$/s.exec(text)?.[2] ?? text
  return bare.trim() === '' || inAnyCase.has(bare.toLowerCase()) || asWritten.has(bare)
}
