/**
 * Person properties that the product keeps for itself: they are stored and can be read by their name, but no list of
 * properties, profile, export of all columns or picker shows them.
 * `$kindred_demo_type` is the true type of a customer of the demo shop, against which what is discovered can be graded.
 */
export const hiddenProperties: readonly string[] = ['$kindred_demo_type']

export function isHiddenProperty(key: string): boolean {
  return hiddenProperties.includes(key)
}
