import type { Source } from '@kindred/model'
import type { RawCapture } from '../pipeline/ingest.ts'
import { readPosthogRequest } from './posthog.ts'
import type { ReadRequest } from './read-request.ts'
import { readSegmentRequest } from './segment.ts'

/** A request of any protocol, read, with the body of the answer that its sender waits for. */
export interface ReadCapture extends ReadRequest {
  source: Source
  reply: object
}

/** Reads a capture request by the protocol of its path. Errors: those of `readPosthogRequest` and `readSegmentRequest`. */
export function readCapture(request: RawCapture): ReadCapture {
  if (request.path.startsWith('/v1/')) return { ...readSegmentRequest(request), source: 'segment', reply: { success: true } }
  // Capture v1 of PostHog reads a result per uuid; none means that all are well.
  const reply = request.path.startsWith('/i/v1/') ? { results: {} } : { status: 1 }
  return { ...readPosthogRequest(request), source: 'posthog', reply }
}
