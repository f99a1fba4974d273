import type { CorrectionStep, JsonValue, Properties, Source } from '@kindred/model'
import { writeAnyJson } from '../capture/deep-json.ts'
import { parseJson } from '../capture/json.ts'
import { isObject } from '../capture/read-request.ts'
import type { SetAsideEvent } from './read-again.ts'

/** The body with a correction's steps carried out, one after another; the same text where they change nothing, null where the body is no JSON object. */
export function correctedBody({ body, form, source }: Pick<SetAsideEvent, 'body' | 'form' | 'source'>, steps: readonly CorrectionStep[]): string | null {
  const event = objectIn(body)
  if (event === null) return null
  const before = writeAnyJson(event)
  for (const step of steps) carryOut(step, { event, idKey: idKeyOf(form, source) })
  const after = writeAnyJson(event)
  return after === before ? body : after
}

function objectIn(body: string): Properties | null {
  try {
    const value = parseJson(body)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

/** What the id of the person is called in a body of this form. */
function idKeyOf(form: string, source: string): string {
  if (form === 'event') return 'distinctId'
  return form === 'wire' && (source as Source) === 'segment' ? 'userId' : 'distinct_id'
}

interface Corrected {
  event: Properties
  idKey: string
}

function carryOut(step: CorrectionStep, corrected: Corrected): void {
  if ('set' in step) write(place(corrected, step.set), step.to)
  else if ('remove' in step) remove(place(corrected, step.remove))
  else {
    const from = place(corrected, step.rename)
    const value = Object.hasOwn(from.holder, from.key) ? from.holder[from.key] : undefined
    if (value === undefined) return
    remove(from)
    write(place(corrected, step.to), value)
  }
}

interface Place {
  holder: Properties
  key: string
  /** Puts the holder into the event where it was not there. */
  attach: () => void
}

function place({ event, idKey }: Corrected, field: string): Place {
  const dot = field.indexOf('.')
  if (dot < 0) return { holder: event, key: field === 'distinct_id' ? idKey : field, attach: () => undefined }
  const holder = isObject(event.properties) ? event.properties : {}
  return {
    holder,
    key: field.slice(dot + 1),
    attach: () => {
      event.properties = holder
    },
  }
}

function write({ holder, key, attach }: Place, value: JsonValue): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
  attach()
}

function remove({ holder, key }: Place): void {
  delete holder[key]
}
