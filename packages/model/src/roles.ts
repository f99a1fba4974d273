import { z } from 'zod'

/** What an event or a property *is* in this project's business. Commerce questions read roles, never names. */
export const eventRoles = [
  'product_viewed',
  'product_list_viewed',
  'search',
  'added_to_cart',
  'removed_from_cart',
  'checkout_started',
  'order',
  'refund',
  'newsletter',
  'wishlist',
] as const
export const propertyRoles = ['value', 'currency', 'items', 'quantity', 'category', 'price', 'discount', 'pre_order'] as const
export type EventRole = (typeof eventRoles)[number]
export type PropertyRole = (typeof propertyRoles)[number]

/** The project's roles: several events may be, say, an order. An absent role is unknown. */
export const rolesSchema = z.strictObject({
  events: z.partialRecord(z.enum(eventRoles), z.array(z.string().min(1)).max(50)),
  properties: z.partialRecord(z.enum(propertyRoles), z.string().min(1)),
})
export type Roles = z.infer<typeof rolesSchema>
