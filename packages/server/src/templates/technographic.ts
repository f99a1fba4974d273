import { duration, field, role, type Template, text, texts } from './template.ts'

const appEvents = ['app_opened', 'Application Opened', '$screen', 'screen', 'session_start'] as const
const productNames = ['product_name', 'name', 'title'] as const

/** Seen with such a device or program in the last 30 days. */
function seenWith(id: string, property: string, words: { name: string; says: string; is: readonly [string, ...string[]] }): Template {
  return {
    id,
    kind: 'technographic',
    name: words.name,
    says: words.says,
    needs: [{ properties: [property], says: 'what devices people use' }],
    where: () => ({ did: { any: true }, where: [{ property, is: [...words.is] }], within: { last: '30 days' } }),
    adjust: [texts(words.name, 'where.where.0.is'), duration('In the last', 'where.within.last')],
  }
}

export const technographic: readonly Template[] = [
  seenWith('iphone', '$os', { name: 'On an iPhone', says: 'Apple’s phones, with their wallet and their screens.', is: ['iOS'] }),
  seenWith('android', '$os', { name: 'On an Android phone', says: 'The other half of the phones.', is: ['Android'] }),
  seenWith('mobile', '$device_type', { name: 'On a phone', says: 'Whoever comes by phone: short pages, large buttons.', is: ['Mobile'] }),
  seenWith('tablet', '$device_type', { name: 'On a tablet', says: 'The evening on the sofa.', is: ['Tablet'] }),
  seenWith('desktop', '$device_type', { name: 'On a laptop or PC', says: 'At a desk, with time and a large screen.', is: ['Desktop'] }),
  {
    id: 'operating-system',
    kind: 'technographic',
    name: 'Uses an operating system',
    says: 'The system people were seen with last.',
    needs: [field('operating_system')],
    where: (data) => ({ property: 'standard.operating_system', is: [data.value('operating_system', 'Windows')] }),
    adjust: [texts('Operating systems', 'where.is')],
  },
  {
    id: 'browser',
    kind: 'technographic',
    name: 'Uses a browser',
    says: 'For a hint about what works best where.',
    needs: [field('browser')],
    where: (data) => ({ property: 'standard.browser', is: [data.value('browser', 'Safari')] }),
    adjust: [texts('Browsers', 'where.is')],
  },
  {
    id: 'app-users',
    kind: 'technographic',
    name: 'Uses the app',
    says: 'Opened the app in the last 30 days.',
    needs: [{ events: appEvents, says: 'openings of the app' }],
    where: (data) => ({ did: data.event(...appEvents), within: { last: '30 days' } }),
    adjust: [duration('In the last', 'where.within.last')],
  },
  {
    id: 'early-adopters',
    kind: 'technographic',
    name: 'Early adopters',
    says: 'Already on this version of the app, or a later one: ask them first.',
    needs: [field('app_version')],
    where: (data) => ({ property: 'standard.app_version', versionAtLeast: data.value('app_version', '3.0.0') }),
    adjust: [text('Version', 'where.versionAtLeast')],
  },
  {
    id: 'late-adopters',
    kind: 'technographic',
    name: 'Late adopters',
    says: 'Still on an older version of the app: explain before you change things.',
    needs: [field('app_version')],
    where: (data) => ({ property: 'standard.app_version', versionLessThan: data.value('app_version', '3.0.0') }),
    adjust: [text('Version', 'where.versionLessThan')],
  },
  {
    id: 'product-adopters',
    kind: 'technographic',
    name: 'First to buy what is new',
    says: 'Bought a new product within its first two weeks. Name the product and when it came out.',
    needs: [role('order'), { properties: productNames, says: 'the name of a product' }],
    where: (data) => {
      const product = data.property(...productNames)
      return {
        did: { role: 'order' },
        where: [{ property: product, is: [data.eventValue(product, 'A new product')] }],
        within: { from: data.daysAgo(30), to: data.daysAgo(16) },
      }
    },
    adjust: [texts('Products', 'where.where.0.is'), text('From', 'where.within.from'), text('To', 'where.within.to')],
  },
  {
    id: 'software-used',
    kind: 'technographic',
    name: 'Uses a program',
    says: 'Applications people work or play with.',
    needs: [field('software_used')],
    where: (data) => ({ property: 'standard.software_used', hasAnyOf: [data.value('software_used', 'Slack')], ignoringCase: true }),
    adjust: [texts('Programs', 'where.hasAnyOf')],
  },
  {
    id: 'social-channels',
    kind: 'technographic',
    name: 'Active on a social channel',
    says: 'Where to meet them besides your own site.',
    needs: [field('social_channels')],
    where: (data) => ({ property: 'standard.social_channels', hasAnyOf: [data.value('social_channels', 'Instagram')], ignoringCase: true }),
    adjust: [texts('Channels', 'where.hasAnyOf')],
  },
]
