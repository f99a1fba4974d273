export * from './plan.ts'
export * from './questions.ts'
export * from './rows.ts'
export * from './words.ts'
