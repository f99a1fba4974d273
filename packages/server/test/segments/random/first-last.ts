import fc from 'fast-check'
import { eventChoice, filter, within } from './parts.ts'

const rest = { where: fc.array(filter, { maxLength: 2 }), within }

export const first = fc.record({ first: eventChoice, ...rest }, { requiredKeys: ['first'] })
export const last = fc.record({ last: eventChoice, ...rest }, { requiredKeys: ['last'] })
