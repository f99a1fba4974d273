import type { Condition, EventDefinition, EventRole, PropertyDefinition, Roles, SegmentDefinition } from '@kindred/model'
import { valueTypeOf } from '../../conditions/value-type.ts'

export interface Template {
  /** The kind of segmentation it is an example of. */
  kind: 'Demographic' | 'Geographic' | 'Behavioural' | 'Psychographic' | 'Technographic' | 'Needs-based' | 'Value-based' | 'Business'
  name: string
  says: string
  definition: SegmentDefinition
}

export interface Known {
  events: readonly EventDefinition[]
  properties: readonly PropertyDefinition[]
  roles: Roles
}

/** Examples for each kind of segmentation, made from the project's own roles and properties; what it has no data for is left out. */
export function templates(known: Known): Template[] {
  return [demographic, geographic, ...behavioural, technographic, ...valueBased, attitude, need, business].flatMap((make) => make(known) ?? [])
}

type Make = (known: Known) => Template | null

const made = (example: Omit<Template, 'definition'>, where: Condition): Template => ({ ...example, definition: { unit: 'person', where } })

const hasRole = ({ roles }: Known, role: EventRole): boolean => (roles.events[role]?.length ?? 0) > 0
const ordered = (rest: object = {}): Condition => ({ did: { role: 'order' }, ...rest }) as Condition

/** The most used person property whose name fits, of which some value was seen. */
function personProperty({ properties }: Known, name: RegExp): PropertyDefinition | null {
  const fitting = properties.filter((each) => each.of === 'person' && name.test(each.name) && each.samples.length > 0)
  return fitting.sort((a, b) => b.count - a.count)[0] ?? null
}

/** *is* the first value that was seen. */
const isSample = (property: PropertyDefinition): Condition => {
  const sample = property.samples[0] ?? ''
  return { property: property.name, is: valueTypeOf(property) === 'yes-no' ? sample === 'true' : [sample] }
}

const demographic: Make = (known) => {
  const property = personProperty(known, /^(age[-_ ]?group|gender|age|occupation|profession|education|marital_status|income)$/i)
  if (property === null) return null
  const isNumber = valueTypeOf(property) === 'number'
  const where: Condition = isNumber ? { property: property.name, between: [20, 30] } : isSample(property)
  return made(
    { kind: 'Demographic', name: isNumber ? `${property.label} 20 to 30` : sampleName(property), says: 'Who people are: age, gender, profession, income' },
    where,
  )
}

const geographic: Make = (known) => {
  const property = personProperty(known, /^(country|\$geoip_country_name|\$geoip_country_code|shipping_country|billing_country|city|region)$/i)
  return property === null
    ? null
    : made(
        { kind: 'Geographic', name: `From ${placeName(property.samples[0] ?? '')}`, says: 'Where people are, by country, region or city' },
        isSample(property),
      )
}

const behavioural: Make[] = [
  (known) =>
    hasRole(known, 'added_to_cart') && hasRole(known, 'order')
      ? made(
          { kind: 'Behavioural', name: 'Left a cart behind', says: 'Put something in the cart this week and did not order' },
          {
            all: [{ did: { role: 'added_to_cart' }, within: { last: '7 days' } }, { not: ordered({ within: { last: '7 days' } }) }],
          },
        )
      : null,
  (known) =>
    hasRole(known, 'order')
      ? made(
          { kind: 'Behavioural', name: 'Frequent buyers', says: 'At least three orders in ninety days' },
          ordered({ count: { atLeast: 3 }, within: { last: '90 days' } }),
        )
      : null,
  (known) =>
    hasRole(known, 'order')
      ? made(
          { kind: 'Behavioural', name: 'Lapsed customers', says: 'Ordered before, but not in the last 90 days' },
          {
            all: [ordered(), { not: ordered({ within: { last: '90 days' } }) }],
          },
        )
      : null,
  (known) =>
    hasRole(known, 'product_viewed') && hasRole(known, 'order')
      ? made(
          { kind: 'Behavioural', name: 'Window shoppers', says: 'Looked at products five times or more and never ordered' },
          {
            all: [{ did: { role: 'product_viewed' }, count: { atLeast: 5 } }, { not: ordered() }],
          },
        )
      : null,
]

const technographic: Make = ({ properties, events }) => {
  const device = properties.find((each) => each.of === 'event' && /^\$?(device_type|os|browser)$/i.test(each.name) && each.samples.length > 0)
  const visit = events.find((event) => event.name === '$pageview' || event.role === 'product_viewed')
  if (device === undefined || visit === undefined) return null
  const sample = device.samples[0] ?? ''
  return made(
    { kind: 'Technographic', name: `Comes with ${sample}`, says: 'What people use: device, system, browser, app' },
    {
      did: visit.name,
      where: [{ property: device.name, is: [sample] }],
      within: { last: '30 days' },
    },
  )
}

const valueBased: Make[] = [
  (known) => {
    const value = known.roles.properties.value
    if (value === undefined || !hasRole(known, 'order')) return null
    return made(
      { kind: 'Value-based', name: 'Big spenders', says: 'Orders worth more than 500 in the last year' },
      ordered({ sum: { property: value, moreThan: 500 }, within: { last: '365 days' } }),
    )
  },
]

const attitude: Make = (known) => {
  const property = personProperty(known, /(attitude|interest|hobb|lifestyle|values?$|persona)/i)
  return property === null
    ? null
    : made({ kind: 'Psychographic', name: sampleName(property), says: 'What people care about, from surveys and quizzes' }, pick(property))
}

const need: Make = (known) => {
  const property = personProperty(known, /(^|_)(needs?|must_have|feature_request|requirement)/i)
  return property === null ? null : made({ kind: 'Needs-based', name: sampleName(property), says: 'What people must have from you' }, pick(property))
}

const business: Make = (known) => {
  const property = personProperty(known, /^(industry|company_size|employees|job_title|company)$/i)
  return property === null ? null : made({ kind: 'Business', name: sampleName(property), says: 'Which companies people work for' }, isSample(property))
}

const pick = (property: PropertyDefinition): Condition => (valueTypeOf(property) === 'list' ? { property: property.name, exists: true } : isSample(property))

const sampleName = (property: PropertyDefinition): string =>
  valueTypeOf(property) === 'list' ? `${property.label} known` : `${property.label}: ${property.samples[0] ?? ''}`

/** A country's code as its name; any other place as it is. */
const placeName = (place: string): string => (/^[A-Z]{2}$/.test(place) ? (new Intl.DisplayNames(undefined, { type: 'region' }).of(place) ?? place) : place)
