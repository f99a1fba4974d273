/** Numbers in, numbers out: random draws, distributions and summaries. No I/O, nothing of the product's own words. */
export * from './differences.ts'
export * from './distributions.ts'
export * from './random.ts'
export * from './summary.ts'
