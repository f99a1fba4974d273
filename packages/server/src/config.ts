import { resolve } from 'node:path'
import { z } from 'zod'
import { availableMemory } from '../bin/process-settings.mjs'

function wholeNumber({ least, most }: { least: number; most?: number }) {
  const says = `needs a whole number ${most === undefined ? `of at least ${least}` : `from ${least} to ${most}`}`
  return z.coerce
    .number(says)
    .int(says)
    .min(least, says)
    .max(most ?? Number.MAX_SAFE_INTEGER, says)
}

/** Every setting, its variable and what it means. `docs/operations.md` lists the same. */
const environment = z.strictObject({
  KINDRED_DATA: z.string().default('./kindred-data'),
  /** The key that secrets are sealed with. Left out: beside the data directory, by its name with `.key`. */
  KINDRED_KEY_FILE: z.string().optional(),
  KINDRED_HOST: z.string().default('127.0.0.1'),
  KINDRED_PORT: wholeNumber({ least: 0, most: 65_535 }).default(8420),
  /** Host names the interface answers to, beside the one it listens on. Comma separated. */
  KINDRED_ALLOWED_HOSTS: z.string().default(''),
  /** The folder that imports by path may read. Left out: none. */
  KINDRED_IMPORT_ROOT: z.string().optional(),
  /** Days that a sender's repeated uuid is recognised. */
  KINDRED_DEDUPLICATION_DAYS: wholeNumber({ least: 1, most: 365 }).default(30),
  /** Days that the log keeps what every consumer has done. */
  KINDRED_LOG_DAYS: wholeNumber({ least: 0, most: 3650 }).default(7),
  /** Memory of the analytics engine, and of one question, in megabytes. */
  KINDRED_STORE_MEMORY_MB: wholeNumber({ least: 512 }).default(4096),
  KINDRED_QUERY_MEMORY_MB: wholeNumber({ least: 64 }).default(1536),
  KINDRED_QUERY_SECONDS: wholeNumber({ least: 1 }).default(60),
  /** Names of properties a project may have; above it events are set aside by name. */
  KINDRED_PROPERTY_NAMES: wholeNumber({ least: 10 }).default(10_000),
  /** A country or city database (MaxMind or DB-IP, .mmdb) instead of the one that comes along. */
  KINDRED_GEOIP: z.string().optional(),
  /** Proxies in front of the server that may say whom they send for (X-Forwarded-For). Addresses, networks (10.0.0.0/8) or loopback; comma separated. Left out: none. */
  KINDRED_TRUSTED_PROXIES: z.string().default(''),
  /** Whether members may be sent to addresses of this machine and its network. */
  KINDRED_PRIVATE_WEBHOOKS: z.enum(['true', 'false']).default('false'),
  KINDRED_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface Config {
  dataDir: string
  keyFile: string
  host: string
  port: number
  allowedHosts: string[]
  importRoot: string | null
  deduplicationDays: number
  logDays: number
  storeMemoryBytes: number
  queryMemoryBytes: number
  querySeconds: number
  propertyNames: number
  geoip: string | null
  trustedProxies: string[]
  privateWebhooks: boolean
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

const megabyte = 1024 * 1024

/** Reads `KINDRED_*` of `env`, with `overrides` from the command line on top. An unknown KINDRED_ variable is an error that names it. */
export function readConfig(env: Record<string, string | undefined>, overrides: Partial<Config> = {}, memory = availableMemory): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([name, value]) => name.startsWith('KINDRED_') && value !== undefined && value !== ''))
  const parsed = environment.safeParse(given)
  if (!parsed.success) {
    throw new Error(`The settings cannot be used: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`.trim()).join('; ')}`)
  }
  const value = parsed.data
  // Where nothing is said of it, one question never takes so much of a small container that the system would end the process.
  const mostOfQuery = given.KINDRED_QUERY_MEMORY_MB === undefined ? memory / 4 : Number.POSITIVE_INFINITY
  const config: Config = {
    dataDir: value.KINDRED_DATA,
    keyFile: value.KINDRED_KEY_FILE ?? '',
    host: value.KINDRED_HOST,
    port: value.KINDRED_PORT,
    allowedHosts: value.KINDRED_ALLOWED_HOSTS.split(',')
      .map((host) => host.trim())
      .filter(Boolean),
    importRoot: value.KINDRED_IMPORT_ROOT ?? null,
    deduplicationDays: value.KINDRED_DEDUPLICATION_DAYS,
    logDays: value.KINDRED_LOG_DAYS,
    storeMemoryBytes: value.KINDRED_STORE_MEMORY_MB * megabyte,
    queryMemoryBytes: Math.floor(Math.min(value.KINDRED_QUERY_MEMORY_MB * megabyte, mostOfQuery)),
    querySeconds: value.KINDRED_QUERY_SECONDS,
    propertyNames: value.KINDRED_PROPERTY_NAMES,
    geoip: value.KINDRED_GEOIP ?? null,
    trustedProxies: value.KINDRED_TRUSTED_PROXIES.split(',')
      .map((proxy) => proxy.trim())
      .filter(Boolean),
    privateWebhooks: value.KINDRED_PRIVATE_WEBHOOKS === 'true',
    logLevel: value.KINDRED_LOG_LEVEL,
    ...overrides,
  }
  const dataDir = resolve(config.dataDir)
  return { ...config, dataDir, keyFile: config.keyFile === '' ? `${dataDir}.key` : resolve(config.keyFile) }
}
