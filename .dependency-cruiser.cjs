/** Imports go only downwards: web → server (types) → engine → model; science stands alone. */

const onlyFrom = (name, allowed) => ({
  name: `${name}-imports`,
  comment: `packages/${name} may import of ours: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src` },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
})

const pure = (name) => ({
  name: `${name}-is-pure`,
  comment: `packages/${name} does no I/O: it runs in the browser or beside any engine`,
  severity: 'error',
  from: { path: `^packages/${name}/src` },
  to: { dependencyTypes: ['core'] },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', comment: 'Two files that need each other are one file, or lack a third.', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true } },
    onlyFrom('model', []),
    onlyFrom('science', []),
    onlyFrom('engine', ['model']),
    onlyFrom('server', ['model', 'science', 'engine']),
    onlyFrom('web', ['model', 'server']),
    pure('model'),
    pure('science'),
    pure('engine'),
    {
      name: 'web-takes-only-types-of-the-server',
      severity: 'error',
      from: { path: '^packages/web/src' },
      to: { path: '^packages/server/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'source-never-imports-tests',
      severity: 'error',
      from: { path: '^packages/[^/]+/src' },
      to: { path: '^(tests|scripts)/|^packages/[^/]+/(test|bench|conformance)/' },
    },
    {
      name: 'one-owner-of-the-store',
      comment: 'Features ask the Store; only its own folder knows which engine is behind it.',
      severity: 'error',
      from: { path: '^packages/server/src', pathNot: '^packages/server/src/store/clickhouse/' },
      to: { path: '^node_modules/(chdb|@clickhouse)/' },
    },
    {
      name: 'no-junk-drawers',
      comment: 'A helper lives in the feature that needs it, or in a file named for its job.',
      severity: 'error',
      from: {},
      to: { path: '^(packages|tests|scripts)/.*\\b(util|utils|common|shared|helper|helpers)(/|\\.[a-z]+$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|kindred-data|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'], mainFields: ['module', 'main', 'types'] },
  },
}
