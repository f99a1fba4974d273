import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { InstanceClient } from './instance-client.ts'

interface State {
  state: 'none' | 'running' | 'done' | 'failed'
  error: string | null
  position: number | null
}

/** Makes a backup of the running server in a new folder, or in one file where the path ends in `.tar`. */
export async function backup({ url, authorization }: InstanceClient, to: string): Promise<void> {
  const path = resolve(to)
  if (isArchive(path) && existsSync(path)) throw new Error(`There is a file at ${path} already.`)
  const folder = isArchive(path) ? `${path}.folder` : path
  const ask = async (body?: object): Promise<State> => {
    const headers = { authorization, ...(body && { 'content-type': 'application/json' }) }
    const answer = await fetch(`${url}/api/v1/backup`, { method: body ? 'POST' : 'GET', headers, ...(body && { body: JSON.stringify(body) }) })
    const reply = (await answer.json()) as State & { error: { message: string } }
    if (!answer.ok) throw new Error(reply.error.message)
    return reply
  }
  let state = await ask({ path: folder })
  while (state.state === 'running') {
    await wait(200)
    state = await ask()
  }
  if (state.state !== 'done') throw new Error(state.error ?? 'The backup ended without an answer.')
  if (isArchive(path)) pack(folder, path)
  console.log(`Backup: ${path}, with every event up to position ${state.position}.`)
}

/** Makes a data directory out of a backup. */
export async function restore(from: string, dataDir: string): Promise<void> {
  // With it comes the store's engine, which no other command of this file needs.
  const { restoreBackup } = await import('../backup/restore.ts')
  const path = resolve(from)
  const folder = isArchive(path) ? unpack(path, dataDir) : path
  try {
    const { version, position } = await restoreBackup(folder, dataDir)
    console.log(`Restored into ${dataDir}: a backup of Kindred ${version} with every event up to position ${position}. Start it with --data ${dataDir}.`)
  } finally {
    if (folder !== path) rmSync(folder, { recursive: true, force: true })
  }
}

const isArchive = (path: string) => path.endsWith('.tar')

function pack(folder: string, path: string): void {
  try {
    tar(['-cf', path, '-C', folder, ...readdirSync(folder)])
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function unpack(path: string, dataDir: string): string {
  const folder = mkdtempSync(join(dirname(resolve(dataDir)), '.kindred-restore-'))
  try {
    tar(['-xf', path, '-C', folder])
    return folder
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

function tar(args: string[]): void {
  const { status, stderr, error } = spawnSync('tar', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`tar failed: ${error?.message ?? stderr.trim()}`)
}
