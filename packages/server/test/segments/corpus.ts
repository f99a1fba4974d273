import { readdirSync, readFileSync } from 'node:fs'
import {
  type Properties,
  rolesSchema,
  type SegmentDefinition,
  seasonSchema,
  segmentDefinitionSchema,
  type TraitDefinition,
  traitDefinitionSchema,
} from '@kindred/model'
import { z } from 'zod'
import type { History } from './naive/history.ts'

const id = z.number().int().positive()
const properties = z.record(z.string(), z.json()).default({})
const instant = z.iso.datetime({ offset: true })

/**
 * A file of the corpus: one small world, and definitions with the members each has there, worked out by hand. `position` is where an event stands in the log; left out, events stand
 * in the order they are written, from 1.
 */
const corpusSchema = z.strictObject({
  about: z.string(),
  now: instant,
  timezone: z.string().default('UTC'),
  weekStart: z.enum(['sunday', 'monday']).default('monday'),
  roles: rolesSchema.default({ events: {}, properties: {} }),
  seasons: z.array(seasonSchema).optional(),
  people: z.array(z.strictObject({ id, properties, deleted: z.boolean().default(false), createdAt: instant.optional() })),
  accounts: z
    .array(
      z.strictObject({
        id,
        type: z.string(),
        key: z.string(),
        properties,
        deleted: z.boolean().default(false),
        people: z.array(id).default([]),
      }),
    )
    .default([]),
  events: z
    .array(
      z.strictObject({
        person: id,
        event: z.string(),
        at: instant,
        properties,
        position: id.optional(),
        sessionId: z.string().optional(),
        groups: z.record(z.string(), z.string()).optional(),
      }),
    )
    .default([]),
  /** Entries of the consent ledger, in the order they were noted. */
  consents: z.array(z.strictObject({ person: id, channel: z.string(), purpose: z.string(), state: z.enum(['granted', 'withdrawn']), at: instant })).default([]),
  /** Installed for all worlds of the corpus: a code that one world is about belongs to no other. Codes are bare. */
  postalCodes: z.array(z.strictObject({ country: z.string(), code: z.string(), latitude: z.number(), longitude: z.number() })).default([]),
  merges: z.array(z.strictObject({ from: id, to: id })).default([]),
  lists: z.record(z.string(), z.array(id)).default({}),
  /** The record of memberships, in the order it was written; `position` left out is 1. */
  record: z
    .array(
      z.strictObject({
        segment: id,
        person: id,
        unit: z.enum(['person', 'account']).optional(),
        entered: z.boolean(),
        at: instant,
        since: instant.optional(),
        position: id.default(1),
      }),
    )
    .default([]),
  /** Kept lists of accounts, by segment. */
  accountLists: z.record(z.string(), z.array(id)).default({}),
  segments: z.record(z.string(), z.unknown()).default({}),
  /** Definitions of traits by name, beside the built-in ones. */
  traits: z.record(z.string(), z.unknown()).default({}),
  cases: z.array(
    z.strictObject({
      name: z.string(),
      why: z.string().optional(),
      now: instant.optional(),
      timezone: z.string().optional(),
      weekStart: z.enum(['sunday', 'monday']).optional(),
      watermark: id.optional(),
      definition: z.unknown(),
      /** In rising order. */
      members: z.array(id).optional(),
      refused: z.strictObject({ code: z.string(), path: z.string().optional() }).optional(),
      /** The paths that a warning stands at. */
      warned: z.array(z.string()).optional(),
    }),
  ),
})
export type CorpusFile = z.infer<typeof corpusSchema>
export type CorpusCase = CorpusFile['cases'][number]

const folder = new URL('../../../engine/corpus/', import.meta.url)

export function corpusFiles(): { file: string; world: CorpusFile }[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => ({ file, world: corpusSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))) }))
}

export function historyOf(world: CorpusFile): History {
  return {
    people: world.people.map(({ createdAt, ...person }) => ({
      ...person,
      properties: person.properties as Properties,
      ...(createdAt === undefined ? {} : { createdAt: Date.parse(createdAt) }),
    })),
    accounts: world.accounts.map((account) => ({ ...account, properties: account.properties as Properties })),
    events: world.events.map(({ person, at, position, properties, ...event }, index) => ({
      ...event,
      personId: person,
      timestamp: Date.parse(at),
      position: position ?? index + 1,
      properties: properties as Properties,
    })),
    consents: world.consents.map(({ person, at, ...entry }) => ({ ...entry, personId: person, at: Date.parse(at) })),
    postalCodes: world.postalCodes,
    merges: new Map(world.merges.map(({ from, to }) => [from, to])),
    record: world.record.map(({ at, since, ...change }) => ({ ...change, at: Date.parse(at), ...(since !== undefined && { since: Date.parse(since) }) })),
    lists: new Map(Object.entries(world.lists).map(([segment, ids]) => [Number(segment), ids])),
    accountLists: new Map(Object.entries(world.accountLists).map(([segment, ids]) => [Number(segment), ids])),
  }
}

export function segmentsOf(world: CorpusFile): Map<number, SegmentDefinition> {
  return new Map(Object.entries(world.segments).map(([segment, definition]) => [Number(segment), segmentDefinitionSchema.parse(definition)]))
}

export function traitsOf(world: CorpusFile): Map<string, TraitDefinition> {
  return new Map(Object.entries(world.traits).map(([name, definition]) => [name, traitDefinitionSchema.parse(definition)]))
}
