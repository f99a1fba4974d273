import type { PageApi } from './api.ts'

interface DemoProgress {
  state: 'running' | 'done' | 'failed' | 'none'
  projectId: number
  error: string | null
}

/** Fills a demo shop, a smaller one than a reader gets, and waits for it; answers its project. */
export async function fillDemo(api: PageApi): Promise<number> {
  let progress = await api.send<DemoProgress>('POST', '/api/v1/demo?people=1500')
  while (progress.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 500))
    progress = await api.get<DemoProgress>('/api/v1/demo')
  }
  if (progress.state !== 'done') throw new Error(`The demo shop is ${progress.state}: ${progress.error}`)
  return progress.projectId
}
