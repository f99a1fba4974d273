/** The demo shop. */

/** `events` are in the store; `total` is an estimate until all are made. */
export interface DemoProgress {
  state: 'running' | 'done' | 'failed'
  events: number
  total: number
  eventsPerSecond: number
  secondsLeft: number | null
  projectId: number
  error: string | null
}
