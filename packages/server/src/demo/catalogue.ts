import { pick, seededRandom, uniform } from '@kindred/science'

export const categories = [
  'Jackets',
  'Ski & Snow',
  'Boots',
  'Shoes',
  'T-Shirts',
  'Bags',
  'Camping',
  'Kitchen',
  'Toys',
  'Gift Sets',
  'Office Supplies',
  'Electronics',
] as const
export type Category = (typeof categories)[number]

export interface Product {
  id: string
  name: string
  category: Category
  brand: string
  /** Cents. */
  price: number
  /** Made of recycled or organic material. */
  eco: boolean
  /** Announced months before it can be delivered: bought as a pre-order. */
  preOrder: boolean
}

/** Lowest and highest price in whole currency, and the kinds of thing sold. */
const assortment: Record<Category, { from: number; to: number; things: readonly string[] }> = {
  Jackets: { from: 79, to: 320, things: ['Down Jacket', 'Rain Shell', 'Parka', 'Fleece', 'Softshell', 'Wool Coat'] },
  'Ski & Snow': { from: 29, to: 480, things: ['Skis', 'Ski Goggles', 'Snowboard', 'Ski Trousers', 'Snow Shoes', 'Helmet', 'Ski Gloves'] },
  Boots: { from: 89, to: 240, things: ['Hiking Boots', 'Winter Boots', 'Chelsea Boots', 'Trail Boots'] },
  Shoes: { from: 49, to: 160, things: ['Running Shoes', 'Trainers', 'Sandals', 'Loafers', 'Approach Shoes'] },
  'T-Shirts': { from: 15, to: 45, things: ['Organic T-Shirt', 'Merino T-Shirt', 'Polo', 'Long Sleeve', 'Linen Shirt'] },
  Bags: { from: 25, to: 180, things: ['Backpack', 'Tote', 'Duffel', 'Messenger Bag', 'Travel Case'] },
  Camping: { from: 12, to: 390, things: ['Two-Person Tent', 'Sleeping Bag', 'Gas Stove', 'Head Torch', 'Camping Chair', 'Cool Box'] },
  Kitchen: { from: 9, to: 140, things: ['Cast Iron Pan', 'Coffee Press', 'Knife Set', 'Tea Pot', 'Enamel Mug', 'Bread Tin'] },
  Toys: { from: 8, to: 70, things: ['Wooden Train', 'Puzzle', 'Plush Bear', 'Building Blocks', 'Board Game', 'Kite'] },
  'Gift Sets': { from: 19, to: 95, things: ['Candle Set', 'Spa Set', 'Chocolate Box', 'Tea Selection', 'Advent Calendar'] },
  'Office Supplies': { from: 4, to: 260, things: ['Desk Lamp', 'Notebook Pack', 'Printer Paper', 'Office Chair', 'Whiteboard', 'Pen Box'] },
  Electronics: { from: 19, to: 350, things: ['Headphones', 'Smart Watch', 'Power Bank', 'Action Camera', 'Speaker', 'E-Reader'] },
}
const brands = ['Fjordline', 'Oak & Ember', 'Northpeak', 'Lumen', 'Terra', 'Kestrel', 'Harbour', 'Maple Row']
const ecoBrands = new Set(['Terra', 'Oak & Ember'])
const lines = ['Classic', 'Pro']

/** The shop's 130 or so products, most popular first within a category. The same for every seed: a shop's shelves are its own. */
export const products: readonly Product[] = categories.flatMap((category) => {
  const random = seededRandom(`demo/catalogue/${category}`)
  const { from, to, things } = assortment[category]
  return things.flatMap((thing, place) =>
    lines.map((line, index): Product => {
      const brand = pick(random, brands)
      const price = Math.round(uniform(random, from, line === 'Pro' ? to : from + (to - from) * 0.4)) * 100 - 5
      return {
        id: `${category.slice(0, 3).toUpperCase()}-${String(place * lines.length + index + 1).padStart(3, '0')}`,
        name: `${brand} ${thing} ${line}`,
        category,
        brand,
        price,
        eco: ecoBrands.has(brand),
        preOrder: line === 'Pro' && (thing === 'Smart Watch' || thing === 'Skis' || thing === 'Board Game'),
      }
    }),
  )
})

/** What people look for that the shop does not have. */
export const missingSearches = ['gift card', 'kids bike', 'surfboard', 'yoga mat', 'dog coat', 'espresso machine', 'golf clubs'] as const

/** An amount of cents as the number that properties carry. */
export function money(cents: number): number {
  return Math.round(cents) / 100
}
