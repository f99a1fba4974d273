import type { EventRole, PropertyRole } from '@kindred/model'

/** What a template needs, in words, where a role names it. */
export const roleWords: { readonly events: Record<EventRole, string>; readonly properties: Record<PropertyRole, string> } = {
  events: {
    product_viewed: 'looks at products',
    product_list_viewed: 'looks at lists of products',
    search: 'searches',
    added_to_cart: 'things put into the cart',
    removed_from_cart: 'things taken out of the cart',
    checkout_started: 'checkouts',
    order: 'orders',
    refund: 'refunds',
    newsletter: 'sign-ups for the newsletter',
    wishlist: 'wish lists',
  },
  properties: {
    value: 'the value of an order',
    currency: 'the currency of an order',
    items: 'the items of an order',
    quantity: 'the quantity of an item',
    category: 'the category of a product',
    price: 'the price of a product',
    discount: 'the discount of an order',
    pre_order: 'whether an order is a pre-order',
  },
}
