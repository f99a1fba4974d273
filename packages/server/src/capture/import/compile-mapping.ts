import type { ImportMapping } from '@kindred/model'
import type { CompiledMapping, MappingSurroundings } from './mapped-row.ts'
import { type EventMapping, emptyId, invalid, MappingParts, type PersonMapping, valuesOf } from './mapping-parts.ts'
import { cellReader } from './read-cell.ts'
import { timeReader } from './read-time.ts'
import { isTimeZone } from './zone-clock.ts'

type AccountMapping = NonNullable<ImportMapping['account']>

/** The mapping as functions of rows. Errors: `import/invalid-mapping` for a column the file lacks, an unknown zone, a name given twice. */
export function compileMapping(mapping: ImportMapping, surroundings: MappingSurroundings): CompiledMapping {
  const { person, account, event } = mapping
  const time = event?.time ?? person?.time ?? account?.time
  const zone = time?.zone ?? surroundings.zone
  if (!isTimeZone(zone)) throw invalid('time.zone', `${zone} is not a time zone of the IANA list, such as Europe/Dublin`)
  const parts = new MappingParts(mapping, { ...surroundings, zone }, cellReader(mapping, timeReader(zone, time?.format ?? 'auto')))
  if (account !== undefined) return compileAccount(parts, account)
  if (person === undefined) throw invalid('person', 'the rows are neither people nor accounts')
  return event === undefined ? compilePeople(parts, person) : compileEvents(parts, person, event)
}

const nothingElse = { accountType: '', propertyNames: [], setNames: [], setOnceNames: [], totals: [], itemsProperty: undefined }
const noParts = { otherIds: [], accounts: undefined, properties: [], set: [], setOnce: [], totals: [], item: {}, key: undefined }

/** A row of an account is its `$groupidentify`. */
function compileAccount(parts: MappingParts, account: AccountMapping): CompiledMapping {
  const id = parts.id(account.id, 'account.id')
  const time = parts.timeOrNow(account.time, 'account.time')
  const properties = parts.values(account.properties, 'account.properties')
  const read = [...properties.values()]
  return {
    ...nothingElse,
    kind: 'account',
    accountType: account.type,
    propertyNames: [...properties.keys()],
    map(row) {
      const distinctId = id(row)
      if (distinctId === null) return emptyId(account.id, account.whenEmpty, 'account')
      return { ...noParts, ...time(row), event: '$groupidentify', distinctId, properties: valuesOf(read, row) }
    },
  }
}

function compilePeople(parts: MappingParts, person: PersonMapping): CompiledMapping {
  const who = parts.person(person)
  const time = parts.timeOrNow(person.time, 'person.time')
  return {
    ...nothingElse,
    kind: 'person',
    setNames: who.setNames,
    setOnceNames: who.setOnceNames,
    map(row, number) {
      const read = who.read(row, number)
      return 'skip' in read ? read : { ...noParts, ...time(row), ...read, event: '$set' }
    },
  }
}

function compileEvents(parts: MappingParts, person: PersonMapping, event: EventMapping): CompiledMapping {
  const who = parts.person(person)
  const compiled = parts.event(event)
  return {
    ...nothingElse,
    kind: event.group === undefined ? 'row' : 'group',
    propertyNames: compiled.propertyNames,
    setNames: who.setNames,
    setOnceNames: who.setOnceNames,
    totals: compiled.totals,
    itemsProperty: event.group?.items?.property,
    map(row, number) {
      const by = who.read(row, number)
      if ('skip' in by) return by
      const read = compiled.read(row)
      return 'skip' in read ? read : Object.assign(read, by)
    },
  }
}
