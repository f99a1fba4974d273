import fc from 'fast-check'
import { eventChoice, filter } from './parts.ts'
import { during, livedWithin } from './when.ts'

const rest = { where: fc.array(filter, { maxLength: 2 }), within: livedWithin, during: fc.option(during, { freq: 2, nil: undefined }) }

export const first = fc.record({ first: eventChoice, ...rest }, { requiredKeys: ['first'] })
export const last = fc.record({ last: eventChoice, ...rest }, { requiredKeys: ['last'] })
