import type { Textless } from '@kindred/engine'
import type { Properties } from '@kindred/model'

/** What the catalog says of properties that were numbers and never text, where these are all there are. */
export function textlessOf({ events, people }: { events: Iterable<Properties>; people: Iterable<Properties> }): Textless {
  return { event: textlessNames(events), person: textlessNames(people) }
}

function textlessNames(all: Iterable<Properties>): Set<string> {
  const [numbers, texts] = [new Set<string>(), new Set<string>()]
  for (const properties of all) {
    for (const [name, value] of Object.entries(properties)) {
      if (typeof value === 'number') numbers.add(name)
      if (typeof value === 'string') texts.add(name)
    }
  }
  return new Set([...numbers].filter((name) => !texts.has(name)))
}
