import { definitionSentence, type SentenceWords } from '@kindred/engine'
import { KindredError, meantIssue, type SegmentDefinition, type SegmentForms, segmentDefinitionSchema } from '@kindred/model'
import { parseDocument, stringify } from 'yaml'

/** A definition in its three equal forms, and in words. */
export function definitionForms(definition: SegmentDefinition, words: SentenceWords): SegmentForms {
  return { definition, sentence: definitionSentence(definition, words), yaml: writeYaml(definition), json: JSON.stringify(definition, null, 2) }
}

/** No line is folded and nothing is shared by reference: what a person wrote comes back as they wrote it. */
function writeYaml(definition: SegmentDefinition): string {
  return stringify(definition, { lineWidth: 0, aliasDuplicateObjects: false })
}

/** Reads what a person typed. Errors: `segment/invalid` with the line, or with the path in the tree. */
export function readDefinition(text: string, form: 'yaml' | 'json'): SegmentDefinition {
  const parsed = segmentDefinitionSchema.safeParse(form === 'yaml' ? readYaml(text) : readJson(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues.map(meantIssue)
  throw new KindredError('segment/invalid', { path: issue?.path.join('.') || 'definition', reason: issue?.message ?? 'it has not the right shape' })
}

function readYaml(text: string): unknown {
  // Aliases could blow a short text up to a huge tree.
  const document = parseDocument(text)
  const [problem] = document.errors
  if (problem !== undefined) {
    const place = problem.linePos?.[0]
    throw new KindredError('segment/invalid', {
      path: place === undefined ? 'text' : `line ${place.line}`,
      reason: problem.message.split('\n')[0] ?? problem.code,
    })
  }
  try {
    return document.toJS({ maxAliasCount: 0 })
  } catch (error) {
    throw new KindredError('segment/invalid', { path: 'text', reason: error instanceof Error ? error.message : 'it cannot be read' })
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new KindredError('segment/invalid', { path: 'text', reason: error instanceof Error ? error.message : 'it is not JSON' })
  }
}
