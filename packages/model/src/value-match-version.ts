import { textOf, type Value } from './value.ts'
import type { PositiveOperator } from './value-negation.ts'
import { caretEnd, compareVersions, tildeEnd, type Version, versionOf } from './value-version.ts'

export type VersionOperator = Extract<PositiveOperator, { name: `version${string}` }>

/** The versions that an operator takes: from `low` (itself only where `withLow`) up to `high` (itself only where `withHigh`). */
export function versionBounds({ name, operand }: VersionOperator): { low?: Version; withLow: boolean; high?: Version; withHigh: boolean } {
  const version = versionOf(operand)
  if (version === null) throw new RangeError(`${operand} is not a version`)
  switch (name) {
    case 'versionEquals':
      return { low: version, withLow: true, high: version, withHigh: true }
    case 'versionMoreThan':
      return { low: version, withLow: false, withHigh: false }
    case 'versionAtLeast':
      return { low: version, withLow: true, withHigh: false }
    case 'versionLessThan':
      return { high: version, withLow: false, withHigh: false }
    case 'versionAtMost':
      return { high: version, withLow: false, withHigh: true }
    case 'versionTilde':
      return { low: version, withLow: true, high: tildeEnd(operand), withHigh: false }
    case 'versionCaret':
      return { low: version, withLow: true, high: caretEnd(operand), withHigh: false }
  }
}

export function meetsVersion(value: Value, operator: VersionOperator): boolean {
  const version = versionOf(textOf(value))
  if (version === null) return false
  const { low, withLow, high, withHigh } = versionBounds(operator)
  const above = low === undefined || compareVersions(version, low) > (withLow ? -1 : 0)
  return above && (high === undefined || compareVersions(version, high) < (withHigh ? 1 : 0))
}
