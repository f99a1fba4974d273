import type { Guide } from './guide.ts'
import { drafts } from './industries/drafts.ts'
import { eCommerce } from './industries/e-commerce.ts'

/** One guide for each of the usual industries, by name. */
export const guides: readonly Guide[] = [eCommerce, ...drafts].toSorted((one, other) => one.industry.localeCompare(other.industry, 'en'))
