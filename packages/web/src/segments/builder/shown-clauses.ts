import type { ClauseCount } from '@kindred/model'

export interface ShownClause extends ClauseCount {
  /** How many groups it stands in, below the outermost. */
  depth: number
}

/** The clauses as the builder shows its rows: a negated one once, with its "not"; those of inner groups set in. */
export function shownClauses(clauses: readonly ClauseCount[]): ShownClause[] {
  return clauses
    .filter(({ path }) => path !== 'where' && !path.endsWith('.not'))
    .map((clause) => ({ ...clause, depth: Math.max(0, (clause.path.match(/\.\d+/g) ?? []).length - 1) }))
}
