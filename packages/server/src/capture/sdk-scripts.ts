import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** A script of an SDK as its package ships it. `gzipped`: the same for whoever accepts it. */
export interface SdkScript {
  plain: Buffer
  gzipped: Buffer
}

/** No folder, nothing hidden: a name alone, and in one spelling, since a disk may take any case for the same file. */
const fileName = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)*\.js$/
const resolve = createRequire(import.meta.url).resolve
const compress = promisify(gzip)
/** Each file once: there are as many as the packages ship. */
const kept = new Map<string, SdkScript>()

/** posthog-js and the parts of it that load late, by the last part of `/static/array.js` or `/static/1.2.3/surveys.js`; null where there is none. */
export function posthogScript(path: string): Promise<SdkScript | null> {
  return script(dirname(resolve('posthog-js/dist/array.js')), path.split('/').at(-1) ?? '')
}

/** Segment's analytics.js as its snippet loads it. */
export function segmentScript(): Promise<SdkScript | null> {
  return script(segmentFolder(), 'standalone.js')
}

/** A part of analytics.js that loads late. */
export function segmentPart(name: string): Promise<SdkScript | null> {
  return script(segmentFolder(), name)
}

function segmentFolder(): string {
  return dirname(resolve('@segment/analytics-next/dist/umd/standalone.js'))
}

async function script(folder: string, name: string): Promise<SdkScript | null> {
  if (!fileName.test(name)) return null
  const path = join(folder, name)
  const found = kept.get(path) ?? (await readScript(path))
  // What is not there is not remembered: anybody may ask for any name.
  if (found !== null) kept.set(path, found)
  return found
}

async function readScript(path: string): Promise<SdkScript | null> {
  try {
    const plain = await readFile(path)
    return { plain, gzipped: await compress(plain) }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
