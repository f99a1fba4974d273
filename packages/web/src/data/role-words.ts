import type { EventRole, PropertyRole } from '@kindred/model'

/** What each role means in a shop, in a few words. */
export const eventRoleWords: Record<EventRole, { label: string; says: string }> = {
  product_viewed: { label: 'Viewed a product', says: 'someone opened the page of one product' },
  product_list_viewed: { label: 'Viewed a category', says: 'someone opened a list of products' },
  search: { label: 'Searched', says: 'someone searched the shop' },
  added_to_cart: { label: 'Added to cart', says: 'a product went into the cart' },
  removed_from_cart: { label: 'Removed from cart', says: 'a product was taken out again' },
  checkout_started: { label: 'Started checkout', says: 'someone began to pay' },
  order: { label: 'Placed an order', says: 'a purchase was completed' },
  refund: { label: 'Got a refund', says: 'money went back' },
  newsletter: { label: 'Signed up for the newsletter', says: 'an address was left for news' },
  wishlist: { label: 'Added to the wishlist', says: 'a product was kept for later' },
}

export const propertyRoleWords: Record<PropertyRole, { label: string; says: string }> = {
  value: { label: 'Value of an order', says: 'the money an event is worth' },
  currency: { label: 'Currency', says: 'the code of that money, such as EUR' },
  items: { label: 'List of items', says: 'the products of an order, one by one' },
  quantity: { label: 'Quantity', says: 'how many of a product' },
  category: { label: 'Category', says: 'the kind of product' },
  price: { label: 'Price', says: 'what one unit of a product costs' },
  discount: { label: 'Discount', says: 'the money taken off an order' },
  pre_order: { label: 'Pre-order', says: 'yes where the goods are not out yet' },
}
