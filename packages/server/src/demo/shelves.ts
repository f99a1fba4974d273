import { weighted, zipf } from '@kindred/science'
import { type Category, categories, money, type Product, products } from './catalogue.ts'
import { customerTypes } from './customer-types.ts'
import type { Shopper } from './shopper.ts'

const inCategory = new Map(
  categories.map((category) => [
    category,
    zipf(
      products.filter((product) => product.category === category),
      0.8,
    ),
  ]),
)
/** How often each category is looked at, relative to the others. */
const usualMix: Record<Category, number> = {
  Jackets: 9,
  'Ski & Snow': 4,
  Boots: 6,
  Shoes: 12,
  'T-Shirts': 13,
  Bags: 9,
  Camping: 8,
  Kitchen: 10,
  Toys: 6,
  'Gift Sets': 5,
  'Office Supplies': 5,
  Electronics: 11,
}
const drawers = new Map(customerTypes.map((type) => [type.name, weighted(categories, (category) => usualMix[category] * (type.favours[category] ?? 1))]))

/** A product this person might look at: their type's favourite categories, the better known products first. */
export function drawProduct(shopper: Shopper, category = drawCategory(shopper)): Product {
  const draw = inCategory.get(category)
  if (draw === undefined) throw new Error(`the shop has no category ${category}`)
  return draw(shopper.random)
}

/** A category, as this person's type favours it. */
export function drawCategory({ type, random }: Shopper): Category {
  const draw = drawers.get(type.name)
  if (draw === undefined) throw new Error(`there is no type ${type.name}`)
  return draw(random)
}

/** The properties by which commerce events name a product. */
export function productFields({ id, name, category, brand, price }: Product): Record<string, string | number> {
  return { product_id: id, product_name: name, category, brand, price: money(price), currency: 'EUR' }
}
