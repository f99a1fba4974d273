import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `vite` serves the interface while it is being worked on and passes `/api` on to a running server (`KINDRED_URL`). */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  server: { proxy: { '/api': process.env.KINDRED_URL ?? 'http://127.0.0.1:8420' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    target: 'es2022',
    // The largest chunk is the outline of the world's countries, loaded with the first map only.
    chunkSizeWarningLimit: 850,
    // What every page needs comes at once, then what many share: left alone, a page would ask for eighty small files.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], priority: 3 },
            { name: 'components', test: /node_modules/, minShareCount: 6, priority: 2 },
            { name: 'shared', minShareCount: 10, priority: 1 },
          ],
        },
      },
    },
  },
})
