import { dynamicProperty, raw, type Sql, sql } from '@kindred/engine'
import type { Properties } from '@kindred/model'

/** Properties that name an account, the best first. */
const accountNames = ['name', 'company_name', 'company', 'domain'] as const

/** The best name known of an account: what it is called, else its key. */
export function accountLabel(properties: Properties, key: string): string {
  for (const name of accountNames) {
    const value = properties[name]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return key
}

/** String: what `accountLabel` says, of the account `alias`. */
export function accountLabelSql(alias: 'a' | 'p'): Sql {
  const names = accountNames.map((name) => sql`nullIf(trimBoth(ifNull(${dynamicProperty(raw(`${alias}.properties.${name}`)).text}, '')), '')`)
  return sql`coalesce(${names.reduce((left, right) => sql`${left}, ${right}`)}, ${raw(alias)}.key)`
}
