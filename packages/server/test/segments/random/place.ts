import fc from 'fast-check'

const degrees = (most: number) => fc.integer({ min: -most, max: most })
const asked = fc.oneof(
  fc.constantFrom('IE', 'Germany', ['us', 'Ireland']).map((country) => ({ country })),
  fc.constantFrom('DUBLIN', ['Berlin', 'dublin']).map((city) => ({ city })),
  fc.constantFrom('Europe', 'North America').map((continent) => ({ continent })),
  fc.constantFrom('EU', ['DACH', 'North America']).map((area) => ({ area })),
  fc.constantFrom({ postalCode: 'd02x285' }, { postalCodeStartsWith: ['D0', '1'] }),
  fc.record({ latitude: degrees(60), longitude: degrees(90), km: fc.integer({ min: 1, max: 9000 }) }).map((near) => ({ near })),
  fc
    .tuple(
      fc.constantFrom({ postalCode: 'd02 x285', country: 'Ireland' }, { postalCode: '10115', country: 'de' }, { postalCode: '99', country: 'USA' }),
      fc.integer({ min: 1, max: 9000 }),
    )
    .map(([code, km]) => ({ near: { ...code, km } })),
  fc.array(fc.tuple(degrees(90), degrees(60)), { minLength: 3, maxLength: 6 }).map((inside) => ({ inside })),
)
const of = fc.oneof(
  fc.constantFrom<object>({ place: 'profile' }, { place: 'lastEvent' }),
  fc.constantFrom('declared', 'shipping', 'ip').map((source) => ({ place: 'profile', source })),
)
export const place = fc.tuple(of, asked).map(([which, where]) => ({ ...which, ...where }))
