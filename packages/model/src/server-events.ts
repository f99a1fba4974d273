import { z } from 'zod'

/** Events sent by a server that uses no SDK: `POST /api/v1/projects/:p/events`. */

const name = z.string().trim().min(1).max(200)
const properties = z.record(z.string().min(1).max(400), z.unknown()).describe('Any JSON; numbers keep all their digits up to 64 bits')
/** Below it a number is taken for seconds: as milliseconds it would be before March 1973, which a text can say. */
const leastMilliseconds = 100_000_000_000
const isInstant = (value: string) => !Number.isNaN(Date.parse(value))

export const serverEventSchema = z.strictObject({
  event: name,
  distinctId: name.describe('Who did it, by an id of yours'),
  uuid: z.guid().optional().describe('Equal uuids are one event, however often it is sent. Left out: made'),
  timestamp: z
    .union([
      z
        .number()
        .int()
        .min(leastMilliseconds, 'write epoch milliseconds, not seconds')
        .max(Date.UTC(2105, 0, 1)),
      z.iso.datetime({ offset: true, error: 'write an instant with its zone, such as 2026-03-31T18:00:00Z' }).refine(isInstant, 'this day does not exist'),
    ])
    .optional()
    .describe('Epoch milliseconds, or ISO 8601 with a zone. Left out: now'),
  properties: properties.optional(),
  set: properties.optional().describe('Properties of the person, from now on'),
  setOnce: properties.optional().describe('Properties of the person, where they have none of that name yet'),
  unset: z.array(z.string().min(1).max(400)).max(1000).optional().describe('Properties taken from the person'),
  groups: z.record(name, name).optional().describe('Type of account → its id'),
  otherId: name.optional().describe('The other id of `$identify` (what the person was known by before) or of `$create_alias`'),
  personProfile: z.boolean().optional().describe('false: the event makes no profile'),
  ip: z.union([z.ipv4(), z.ipv6()]).optional().describe('The person’s address, for the country; it is not kept'),
  userAgent: z.string().max(2000).optional().describe('The person’s browser'),
})
export type ServerEvent = z.output<typeof serverEventSchema>

/** Each is read on its own, so that one mistake does not keep the others out. */
export const unreadServerEvent = z.unknown()
export const serverEventsRequest = z.strictObject({ events: z.array(unreadServerEvent).min(1).max(1000) })

/** What became of a batch. Events that were accepted are on disk. */
export const serverEventsReply = z
  .strictObject({
    accepted: z.number().int(),
    duplicates: z.number().int().describe('Their uuid was sent before'),
    rejected: z.array(z.strictObject({ index: z.number().int().describe('Its place in the batch, from 0'), field: z.string(), reason: z.string() })),
    position: z.number().int().describe('The events can be read once the watermark of `GET /status` has reached it'),
  })
  .meta({ id: 'ServerEventsReply' })
export type ServerEventsReply = z.output<typeof serverEventsReply>
