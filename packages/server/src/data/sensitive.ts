import { isSensitiveName, type JsonValue, KindredError, type Properties, standardFieldNamed, surveyAnswerPrefix } from '@kindred/model'
import { parseJson, writeJson } from '../capture/json.ts'
import type { Parts } from '../parts.ts'

/** Whether the values of a property are to be masked, by its name; of events and of people. */
export interface Sensitivity {
  event(name: string): boolean
  person(name: string): boolean
  /** Of the answers to a question: where a place of answers was made sensitive, any question's may lie there. */
  survey(question: string): boolean
}

/** As the project decided, else as the name says. A standard field is sensitive where one of its sources is. */
export async function sensitivityOf({ catalog }: Pick<Parts, 'catalog'>, projectId: number): Promise<Sensitivity> {
  const rows = await catalog
    .selectFrom('property_catalogue')
    .select(['entity', 'name', 'sensitive'])
    .where('project_id', '=', projectId)
    .where('sensitive', 'is not', null)
    .execute()
  const decided = new Map(rows.map(({ entity, name, sensitive }) => [`${entity} ${name}`, sensitive === 1]))
  const isSensitive = (entity: 'event' | 'person') => (name: string) => {
    const field = entity === 'person' ? standardFieldNamed(name) : undefined
    const own = (each: string) => decided.get(`${entity} ${each}`) ?? isSensitiveName(each)
    return field === undefined ? own(name) : field.sensitive === true || field.sources.some((source) => own(source.split('.')[0] ?? source))
  }
  const event = isSensitive('event')
  const hidesAnswers = [...decided].some(([key, sensitive]) => sensitive && key.startsWith(`event ${surveyAnswerPrefix}`))
  return { event, person: isSensitive('person'), survey: (question) => hidesAnswers || event(question) }
}

/** The properties without those that are sensitive, which `masked` names. What lies inside objects is looked through by its own name. */
export function withoutSensitive(properties: Properties, isSensitive: (name: string) => boolean): { properties: Properties; masked: string[] } {
  const masked: string[] = []
  const kept: Properties = {}
  for (const [name, value] of Object.entries(properties)) {
    if (isSensitive(name)) masked.push(name)
    else kept[name] = withoutSensitiveValue(value, isSensitive)
  }
  return { properties: kept, masked }
}

/** A value without what is sensitive inside it. */
export function withoutSensitiveValue(value: JsonValue, isSensitive: (name: string) => boolean): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => withoutSensitiveValue(item, isSensitive))
  return withoutSensitive(value, isSensitive).properties
}

/** The same of a sample, which may be the beginning of an object's JSON text: null where it cannot be told what is in it. */
export function withoutSensitiveText(text: string, isSensitive: (name: string) => boolean): string | null {
  if (!/^[[{]/.test(text)) return text
  try {
    return writeJson(withoutSensitiveValue(parseJson(text) as JsonValue, isSensitive))
  } catch {
    return text.startsWith('{') || text.startsWith('[{') ? null : text
  }
}

/** Refuses to list the values of a sensitive property to someone who did not ask for them on purpose. Errors: `property/sensitive`. */
export async function checkValuesShown(
  parts: Pick<Parts, 'catalog'>,
  projectId: number,
  asked: { of: keyof Sensitivity; property: string; reveal?: boolean | undefined },
): Promise<void> {
  if (asked.reveal === true) return
  const sensitivity = await sensitivityOf(parts, projectId)
  if (sensitivity[asked.of](asked.property)) throw new KindredError('property/sensitive', { property: asked.property })
}
