import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `vite` serves the interface while it is being worked on and passes `/api` on to a running server (`KINDRED_URL`). */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  server: { proxy: { '/api': process.env.KINDRED_URL ?? 'http://127.0.0.1:8420' } },
  // The largest chunk is the outline of the world's countries, loaded with the first map only.
  build: { outDir: 'dist', emptyOutDir: true, sourcemap: false, target: 'es2022', chunkSizeWarningLimit: 850 },
})
