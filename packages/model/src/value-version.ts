/**
 * Versions: numbers with dots, a leading `v` allowed; what follows `-` or `+` is not compared, missing parts are 0, and at most
 * five parts of nine digits are read (browsers have four).
 */
export const versionGrammar = '^v?[0-9]{1,9}([.][0-9]{1,9}){0,4}([-+].*)?$'
export const versionParts = 5

const versionInText = new RegExp(versionGrammar, 's')

export type Version = readonly number[]

/** The five numbers of a version, or null where the text is none. */
export function versionOf(text: string | null): Version | null {
  if (text === null || !versionInText.test(text)) return null
  const numbers = givenParts(text)
  return [...numbers, ...Array.from({ length: versionParts - numbers.length }, () => 0)]
}

function givenParts(text: string): number[] {
  return text
    .replace(/^v/, '')
    .replace(/[-+].*$/s, '')
    .split('.')
    .map(Number)
}

/** Below 0, 0 or above 0, as for sorting. */
export function compareVersions(one: Version, other: Version): number {
  for (let part = 0; part < versionParts; part++) {
    const difference = (one[part] ?? 0) - (other[part] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/** The first version that `~text` no longer takes: `~1.2.3` and `~1.2` end before 1.3, `~1` before 2. */
export function tildeEnd(text: string): Version {
  const given = givenParts(text)
  return raise(given, Math.min(given.length - 1, 1))
}

/** The first version that `^text` no longer takes: `^1.2.3` ends before 2, `^0.2.3` before 0.3, `^0.0.3` before 0.0.4. */
export function caretEnd(text: string): Version {
  const given = givenParts(text)
  const leading = given.findIndex((part) => part !== 0)
  return raise(given, leading === -1 ? given.length - 1 : leading)
}

function raise(given: readonly number[], at: number): Version {
  return Array.from({ length: versionParts }, (_, part) => (part < at ? (given[part] ?? 0) : part === at ? (given[part] ?? 0) + 1 : 0))
}
