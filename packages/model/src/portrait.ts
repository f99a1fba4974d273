import { z } from 'zod'
import { conditionSchema, segmentDefinitionSchema, segmentUnits } from './condition/index.ts'
import { pageRequest } from './page.ts'

/** What the people of a segment are like, beside everyone, and the persona written from it. */

const count = z.number().int()
const at = z.number().int().describe('Epoch milliseconds')
const watermark = z.number().int()

/* Reach */
export const reachChannels = ['email', 'sms'] as const
export type ReachChannel = (typeof reachChannels)[number]
/** What people are asked for before they are written to. */
export const reachPurpose = 'marketing'
const channelReach = z.strictObject({
  addresses: count.describe('How many have an e-mail address, or a phone number'),
  reachable: count.describe('How many of those gave their consent to marketing by this channel, by the newest entry of the ledger'),
  refused: count.describe('How many of those refused it; the others were never asked'),
})
export const reachReply = z.strictObject({ email: channelReach, sms: channelReach }).meta({ id: 'Reach' })
export type Reach = z.infer<typeof reachReply>
/** As lists keep it. */
export const keptReachReply = z.strictObject({ email: count, sms: count })
export type KeptReach = z.infer<typeof keptReachReply>
export const definitionReachRequest = z.strictObject({ definition: segmentDefinitionSchema, watermark: watermark.min(0).optional() })
export const definitionReachReply = z.strictObject({ people: count, reach: reachReply, watermark, at }).meta({ id: 'DefinitionReach' })
export type DefinitionReach = z.infer<typeof definitionReachReply>

/** As many segments as an overlap shows. */
export const segmentReachesRequest = z.strictObject({
  segments: z.array(z.number().int().positive()).min(1).max(20),
  watermark: watermark.min(0).optional(),
})
export const segmentReachesReply = z
  .strictObject({ results: z.array(z.strictObject({ segment: z.number().int(), people: count, reach: keptReachReply })), watermark, at })
  .meta({ id: 'SegmentReaches' })
export type SegmentReaches = z.infer<typeof segmentReachesReply>

/* Portrait */
const ordersReply = z.strictObject({
  buyers: count.describe('Who placed an order, ever'),
  repeat: count.describe('Who placed two or more'),
  orders: count,
  revenue: z.number().nullable().describe('The value of all orders, refunds not taken off; null where the project has not said what the value of an order is'),
})
const crowdReply = z.strictObject({
  people: count,
  customers: count,
  known: count.describe('No order, but an e-mail address'),
  anonymous: count.describe('Neither'),
  reach: reachReply,
  orders: ordersReply.nullable().describe('Null where no event of the project is an order'),
})
export type Crowd = z.infer<typeof crowdReply>
export const portraitReply = z
  .strictObject({
    unit: z.enum(segmentUnits),
    size: count.describe('Members: people, or accounts'),
    everyone: count.describe('All people, or all accounts'),
    segment: crowdReply.describe('The members; of a segment of accounts, the people of those accounts'),
    all: crowdReply.describe('Everyone, the members among them'),
    people: conditionSchema.describe('The condition that keeps these people'),
    watermark,
    at,
  })
  .meta({ id: 'SegmentPortrait' })
export type SegmentPortrait = z.infer<typeof portraitReply>

export const shareKinds = ['categories', 'places', 'devices', 'channels', 'ages', 'industries', 'companySizes'] as const
export type ShareKind = (typeof shareKinds)[number]
const shareReply = z.strictObject({
  value: z.string(),
  segment: count.describe('How many members'),
  everyone: count,
  definition: segmentDefinitionSchema.describe('Keeps exactly these members'),
})
const sharesGroupReply = z.strictObject({
  kind: z.enum(shareKinds),
  says: z.string().describe('What exactly is counted'),
  known: z.strictObject({ segment: count, everyone: count }).describe('Of how many any value is known: the whole that shares are of'),
  several: z.boolean().describe('Whether one member can have several of the values'),
  rows: z.array(shareReply).describe('The most frequent in the segment first; of ages, the youngest first'),
})
export type SharesGroup = z.infer<typeof sharesGroupReply>
export const sharesReply = z
  .strictObject({
    unit: z.enum(segmentUnits),
    groups: z.array(sharesGroupReply).describe('Those of which anything is known'),
    watermark,
    at,
  })
  .meta({ id: 'PortraitShares' })
export type PortraitShares = z.infer<typeof sharesReply>

/** The people whom a definition keeps, saved or not. */
export const definitionPeopleRequest = z.strictObject({
  definition: segmentDefinitionSchema,
  watermark: watermark.min(0).optional(),
  ...pageRequest,
})
export const definitionFreeze = z.strictObject({ name: z.string().trim().min(1).max(200), definition: segmentDefinitionSchema })

/* Persona */
const text = z.string().trim().max(2000)
export const personaSave = z.strictObject({
  name: z.string().trim().min(1).max(200),
  needs: text.default(''),
  objections: text.default(''),
  talk: text.default('').describe('How to talk to them'),
})
export type PersonaSave = z.infer<typeof personaSave>
export const personaReply = z
  .strictObject({ name: z.string(), needs: z.string(), objections: z.string(), talk: z.string(), author: z.string(), at })
  .meta({ id: 'Persona' })
export type Persona = z.infer<typeof personaReply>
export const personaDraftReply = z
  .strictObject({ name: z.string(), needs: z.string(), objections: z.string(), talk: z.string(), at })
  .meta({ id: 'PersonaDraft' })
export type PersonaDraft = z.infer<typeof personaDraftReply>
