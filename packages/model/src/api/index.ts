/** Requests and replies of `/api`, as `docs/api.md` lists them. Requests are schemas; replies are types. */
export * from './data.ts'
export * from './demo.ts'
export * from './insights.ts'
export * from './people.ts'
export * from './projects.ts'
export * from './segments.ts'
export * from './status.ts'
