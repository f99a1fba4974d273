import { defineConfig } from 'tsdown'

/**
 * The command and each worker thread as a file of its own, all in one folder: `worker.ts` looks for them beside itself.
 * Our own packages are bundled; npm's stay where npm put them, except what only those packages depend on.
 */
export default defineConfig({
  entry: ['src/cli.ts', 'src/**/*-worker.ts'],
  outputOptions: { entryFileNames: ({ name }) => `${name.slice(name.lastIndexOf('/') + 1)}.js`, chunkFileNames: '[name]-[hash].js' },
  outDir: 'dist',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  dts: false,
  sourcemap: true,
  hash: false,
  fixedExtension: false,
  report: false,
  deps: { alwaysBundle: [/^@kindred\//], onlyBundle: ['re2js'] },
})
