import type { Properties } from '@kindred/model'

/** Properties that name an account, the best first. */
export const accountNames = ['name', 'company_name', 'company', 'domain'] as const

/** The best name known of an account: what it is called, else its key. */
export function accountLabel(properties: Properties, key: string): string {
  for (const name of accountNames) {
    const value = properties[name]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
  }
  return key
}
