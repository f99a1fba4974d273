import type { Project } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { createProject } from '../projects/projects.ts'

/** The demo's own project, which knows from the start what its events mean. */
export function createDemoProject(parts: Parts): Promise<Project> {
  return createProject(parts, {
    name: 'Demo shop',
    timezone: 'Europe/Dublin',
    currency: 'EUR',
    demo: true,
    roles: {
      events: {
        product_viewed: ['product_viewed'],
        product_list_viewed: ['product_list_viewed'],
        search: ['products_searched'],
        added_to_cart: ['product_added_to_cart'],
        removed_from_cart: ['product_removed_from_cart'],
        checkout_started: ['checkout_started'],
        order: ['order_completed'],
        refund: ['order_refunded'],
        newsletter: ['newsletter_subscribed'],
        wishlist: ['wishlist_added'],
      },
      properties: {
        value: 'revenue',
        currency: 'currency',
        items: 'items',
        quantity: 'quantity',
        category: 'category',
        price: 'price',
        discount: 'discount',
        pre_order: 'is_pre_order',
      },
    },
  })
}
