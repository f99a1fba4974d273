import type { PersonRow } from '@kindred/model'

/** How well a person is known, in a word and in a few. */
export const kindWords: Record<PersonRow['kind'], { label: string; many: string; says: string }> = {
  customer: { label: 'Customer', many: 'Customers', says: 'has placed an order' },
  known: { label: 'Known', many: 'Known', says: 'has an e-mail address, no order yet' },
  anonymous: { label: 'Anonymous', many: 'Anonymous', says: 'has no order and no e-mail address' },
}
