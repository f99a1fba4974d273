import { itemLists, plainName } from '@kindred/engine'
import type { EventRole, PropertyRole, Roles } from '@kindred/model'

/**
 * The names that shops, tag managers and analytics tools give their events: ours and Segment's e-commerce specification
 * (`Order Completed`), GA4 (`purchase`), Shopify's pixel (`checkout_completed`), Klaviyo (`Placed Order`), Meta's pixel (`AddToCart`), Matomo.
 * Compared without case, spaces and punctuation.
 */
const eventWords: Record<EventRole, readonly string[]> = {
  product_viewed: ['product_viewed', 'viewed_product', 'view_product', 'view_item', 'view_content', 'product_view', 'product_detail_viewed', 'pdp_viewed'],
  product_list_viewed: [
    'product_list_viewed',
    'view_item_list',
    'collection_viewed',
    'viewed_product_list',
    'category_viewed',
    'viewed_category',
    'product_list_view',
    'product_category_viewed',
  ],
  search: [
    'search',
    'searched',
    'products_searched',
    'product_searched',
    'search_submitted',
    'view_search_results',
    'searched_site',
    'site_search',
    'searched_products',
  ],
  added_to_cart: ['product_added', 'added_to_cart', 'add_to_cart', 'product_added_to_cart', 'cart_add', 'added_product', 'item_added_to_cart'],
  removed_from_cart: ['product_removed', 'removed_from_cart', 'remove_from_cart', 'product_removed_from_cart', 'removed_product', 'item_removed_from_cart'],
  checkout_started: [
    'checkout_started',
    'started_checkout',
    'begin_checkout',
    'initiate_checkout',
    'initiated_checkout',
    'checkout_start',
    'checkout_initiated',
  ],
  order: [
    'order_completed',
    'completed_order',
    'purchase',
    'purchased',
    'placed_order',
    'order_placed',
    'checkout_completed',
    'order_created',
    'purchase_completed',
    'completed_purchase',
    'order_paid',
    'ecommerce_purchase',
    'transaction',
    'order',
  ],
  refund: [
    'order_refunded',
    'refunded_order',
    'refund',
    'refunded',
    'order_refund',
    'refund_created',
    'refund_completed',
    'order_returned',
    'purchase_refunded',
  ],
  newsletter: [
    'newsletter_subscribed',
    'newsletter_signup',
    'newsletter_signed_up',
    'subscribed_to_newsletter',
    'newsletter_subscribe',
    'newsletter',
    'email_subscribed',
    'subscribed_to_list',
    'subscribed_to_email_marketing',
  ],
  wishlist: ['product_added_to_wishlist', 'added_to_wishlist', 'add_to_wishlist', 'wishlist_added', 'wishlisted', 'wishlist_product_added'],
}

/** The best name first: where a project has several, the first is taken. */
const propertyWords: Record<PropertyRole, readonly string[]> = {
  value: ['revenue', 'total', 'value', 'order_total', 'total_price', 'order_value', 'total_revenue', 'amount', 'grand_total', 'purchase_amount', 'subtotal'],
  currency: ['currency', 'currency_code', 'order_currency', 'presentment_currency'],
  items: itemLists,
  quantity: ['quantity', 'qty', 'item_quantity', 'product_quantity'],
  category: ['category', 'product_category', 'item_category', 'category_name', 'product_type'],
  price: ['price', 'unit_price', 'item_price', 'product_price', 'price_per_unit'],
  discount: ['discount', 'discount_amount', 'total_discount', 'total_discounts', 'discount_total', 'discount_value'],
  pre_order: ['is_pre_order', 'pre_order', 'is_preorder', 'preordered'],
}

/** What a project's events and properties *are*, guessed from their names. A role that nothing fits is left out. */
export function guessRoles(eventNames: readonly string[], propertyNames: readonly string[]): Roles {
  const roles: Roles = { events: {}, properties: {} }
  for (const [role, words] of Object.entries(eventWords) as [EventRole, readonly string[]][]) {
    const names = words.flatMap((word) => eventNames.filter((name) => plainName(name) === plainName(word)))
    if (names.length > 0) roles.events[role] = names
  }
  // An older event may stand beside its successor (a cart's "checkout_completed" and the shop's "order_completed"): counting both would count orders twice.
  if (roles.events.order !== undefined) roles.events.order = sameThing(roles.events.order)
  for (const [role, words] of Object.entries(propertyWords) as [PropertyRole, readonly string[]][]) {
    const name = words.map((word) => propertyNames.find((each) => plainName(each) === plainName(word))).find((each) => each !== undefined)
    if (name !== undefined) roles.properties[role] = name
  }
  return roles
}

/** Spellings of the best name only. */
function sameThing(names: readonly string[]): string[] {
  return names.filter((name) => plainName(name) === plainName(names[0] ?? ''))
}
