import type { Bucket, InsightAnswer, InsightRow, JsonValue } from '@kindred/model'
import type { Expected, ExpectedRow } from './case.ts'

/** Which cohort of the case a segment was made for. */
export type CohortOf = (segment: number) => number | undefined

interface GotRow extends Required<Omit<ExpectedRow, 'breakdown_value'>> {
  breakdown_value: JsonValue
}

const other = '$$_posthog_breakdown_other_$$'

/** The answer's rows, as the cases write rows. */
export function rowsOf(answer: InsightAnswer, cohortOf: CohortOf): GotRow[] {
  return answer.rows.map((row) => ({
    series: row.index,
    label: row.label,
    compare_label: row.compare ?? 'current',
    breakdown_value: breakdownValue(row, cohortOf),
    count: row.total,
    aggregated_value: row.total,
    data: row.data,
    days: (row.compare === 'previous' ? answer.previousBuckets : answer.buckets).map(({ label }: Bucket) => label),
  }))
}

function breakdownValue({ breakdown }: InsightRow, cohortOf: CohortOf): JsonValue {
  if (breakdown === undefined || breakdown.kind === 'none') return null
  if (breakdown.kind === 'other') return other
  if (breakdown.kind === 'segment') return breakdown.id === 0 ? 'all' : (cohortOf(breakdown.id) ?? null)
  return breakdown.value
}

/** null where the rows are as expected, else what is wrong. */
export function trendsProblem(rows: readonly GotRow[], expected: Expected): string | null {
  const { results, ordered = false, tolerance = 1e-9, result_count, other_count } = expected
  if (result_count !== undefined && rows.length !== result_count) return `${result_count} rows expected, ${rows.length} got`
  const others = rows.filter((row) => row.breakdown_value === other).reduce((sum, row) => sum + row.count, 0)
  if (other_count !== undefined && others !== other_count) return `${other_count} in other expected, ${others} got`
  if (results === undefined) return null
  if (rows.length !== results.length) return `${results.length} rows expected, ${rows.length} got`
  const fits = (wanted: ExpectedRow, got: GotRow | undefined) => got !== undefined && rowFits(wanted, got, tolerance)
  if (ordered) {
    const place = results.findIndex((wanted, index) => !fits(wanted, rows[index]))
    return place < 0 ? null : `row ${place} differs`
  }
  return matched(results, rows, fits) ? null : 'the rows differ'
}

function rowFits(wanted: ExpectedRow, got: GotRow, tolerance: number): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const found = got[key as keyof GotRow]
    return found === undefined || valueFits(value as JsonValue, found, tolerance)
  })
}

function valueFits(wanted: JsonValue, got: JsonValue, tolerance: number): boolean {
  if (Array.isArray(wanted))
    return Array.isArray(got) && wanted.length === got.length && wanted.every((each, index) => valueFits(each, got[index] ?? null, tolerance))
  if (typeof wanted === 'number' && typeof got === 'number') return Math.abs(wanted - got) <= tolerance
  return wanted === got || (wanted !== null && got !== null && String(wanted) === String(got))
}

/** Whether every expected row can have a row of its own: augmenting paths, because a row that lists little fits several. */
function matched(results: readonly ExpectedRow[], rows: readonly GotRow[], fits: (wanted: ExpectedRow, got: GotRow) => boolean): boolean {
  const owner = new Map<GotRow, ExpectedRow>()
  const place = (wanted: ExpectedRow, seen: Set<GotRow>): boolean =>
    rows.some((row) => {
      if (seen.has(row) || !fits(wanted, row)) return false
      seen.add(row)
      const before = owner.get(row)
      if (before !== undefined && !place(before, seen)) return false
      owner.set(row, wanted)
      return true
    })
  return results.every((wanted) => place(wanted, new Set()))
}
