import { type CompileContext, definitionDiff, definitionSentence, planDefinition, type SegmentInfo } from '@kindred/engine'
import {
  KindredError,
  type Project,
  type SegmentDefinition,
  type SegmentFileChange,
  type SegmentFileMistake,
  type SegmentFilesPlan,
  type SegmentFileText,
  type SegmentUser,
} from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { definitionWarnings } from '../segments/definition-warnings.ts'
import { type CountedMembers, countMembers } from '../segments/segments.ts'
import { usersOfAll } from '../segments/users.ts'
import { wordsOf } from '../segments/words.ts'
import { problemsOf } from './check.ts'
import { driftOf } from './drift.ts'
import { type HeldRule, type HeldSegments, heldSegments } from './held.ts'
import { canonical, markOf, type Stated, versionText } from './mark.ts'
import { mistakeAt, readFiles, type Wanted } from './read-files.ts'

/** What files would change, and what `apply` needs to do it. */
export interface FilesPlan extends SegmentFilesPlan {
  steps: Step[]
  deleted: HeldRule[]
  held: HeldSegments
  /** The project as it would be. */
  after: CompileContext
}
/** One file and what it makes. */
export interface Step {
  wanted: Wanted
  held: HeldRule | undefined
  change: SegmentFileChange
  mark: string
  isNewVersion: boolean
  /** What its version tells: the changes of the rule alone. */
  ruleChanges: string[]
  counted: CountedMembers | undefined
}

export interface PlanAsked {
  files: readonly SegmentFileText[]
  prune: boolean
  sizes: boolean
}

/** Compares files with what Kindred holds. Mistakes are told, all of them; nothing is thrown for them. */
export async function planFiles(parts: Parts, project: Project, { files, prune, sizes }: PlanAsked): Promise<FilesPlan> {
  // What is held is read before the rest: `apply` asks whether it is still the same, and would not see a change before that.
  const held = await heldSegments(parts.catalog, project.id)
  const context = await questionContext(parts, project)
  const { wanted, mistakes, unreadKeys, keyOf } = readFiles(files, held)
  const named = new Set([...wanted.map(({ key }) => key), ...unreadKeys])
  const rules = [...held.byKey.values()].flatMap((each) => (each.kind === 'rule' && !each.isArchived ? [each] : []))
  // A file that cannot be opened may be that of any segment: none counts as gone then.
  const isWhole = !mistakes.some(({ at }) => at === '' || at === 'key')
  const deleted = prune && isWhole ? rules.filter(({ key }) => !named.has(key)) : []
  const after = contextAfter(context, wanted, deleted)
  const users =
    deleted.length === 0 ? new Map<number, SegmentUser[]>() : await usersOfAll(parts, { ...after, segments: new Map([...context.segments, ...after.segments]) })
  const problems = problemsOf({ wanted, deleted, held, unreadKeys, context: after, keyOf, users })
  const bad = new Set(problems.map(({ path }) => path))
  // A sentence about a rule as it was may name what is deleted.
  const words = wordsOf({ ...after, segments: new Map([...context.segments, ...after.segments]) })
  const steps: Step[] = []
  const uncounted: SegmentFileMistake[] = []
  for (const each of wanted) {
    const step = stepOf(each, held, { keyOf, words })
    if (sizes && step.isNewVersion && !bad.has(each.file.path)) {
      try {
        step.counted = await countMembers(parts, planDefinition(each.definition, after, each), after)
        step.change.members.after = step.counted.count
      } catch (error) {
        if (!(error instanceof KindredError)) throw error
        uncounted.push(mistakeAt(each.file, ['definition', 'where'], error.message))
      }
    }
    if (step.isNewVersion && !bad.has(each.file.path)) await warnOf(parts, step, after)
    step.change.drift = await driftOf(parts.catalog, project.id, { wanted: each, held: step.held, isChanged: step.change.kind !== 'unchanged' })
    steps.push(step)
  }
  const gone = deleted.map(
    (each): SegmentFileChange => ({
      ...wordsFor(each),
      kind: 'delete',
      path: null,
      was: null,
      sentence: definitionSentence(each.definition, words),
      changes: [],
      members: { before: each.count, after: null },
      drift: null,
      version: null,
    }),
  )
  const changes = [...steps.map(({ change }) => change), ...gone].sort((one, other) => (one.key < other.key ? -1 : 1))
  return { changes, mistakes: sorted([...mistakes, ...problems, ...uncounted]), steps, deleted, held, after }
}

async function warnOf(parts: Parts, { wanted, change }: Step, context: CompileContext): Promise<void> {
  try {
    const warnings = await definitionWarnings(parts, wanted.definition, planDefinition(wanted.definition, context, wanted))
    if (warnings.length > 0) change.warnings = warnings
  } catch (error) {
    // What cannot be planned is a mistake, and told as one.
    if (!(error instanceof KindredError)) throw error
  }
}

/** The project's segments as they would be. */
function contextAfter(context: CompileContext, wanted: readonly Wanted[], deleted: readonly HeldRule[]): CompileContext {
  const segments = new Map<number, SegmentInfo>(context.segments)
  for (const { id, name, definition } of wanted) segments.set(id, { ...segments.get(id), name, kind: 'rule', definition })
  for (const { id } of deleted) segments.delete(id)
  return { ...context, segments }
}

interface Wording {
  keyOf: (id: number) => string
  words: ReturnType<typeof wordsOf>
}

function stepOf(wanted: Wanted, { byKey }: HeldSegments, { keyOf, words }: Wording): Step {
  const found = byKey.get(wanted.key)
  const held = found?.kind === 'rule' ? found : undefined
  const isNewVersion = held === undefined || canonical(held.definition) !== canonical(wanted.definition)
  const ruleChanges = held === undefined ? [] : changesOfRule(held.definition, wanted.definition, words)
  const changes = held === undefined ? [] : [...changesOfWords(held, wanted), ...ruleChanges]
  const mark = markOf(wanted, keyOf)
  const version = (held?.version ?? 0) + (isNewVersion ? 1 : 0)
  const isRenamed = held !== undefined && held.name !== wanted.name
  const change: SegmentFileChange = {
    ...wordsFor(wanted),
    id: held?.id ?? null,
    kind:
      held === undefined
        ? 'create'
        : changes.length === 0 && !isNewVersion
          ? 'unchanged'
          : isRenamed && !isNewVersion && !areTestsChanged(held, wanted)
            ? 'rename'
            : 'change',
    path: wanted.file.path,
    was: isRenamed ? held.name : null,
    sentence: definitionSentence(wanted.definition, words),
    changes,
    members: { before: held?.count ?? null, after: isNewVersion ? null : (held?.count ?? null) },
    drift: null,
    version: versionText(version, mark),
  }
  return { wanted, held, change, mark, isNewVersion, ruleChanges, counted: undefined }
}

const wordsFor = ({ id, key, name }: { id: number; key: string; name: string }) => ({ id, key, name })

function changesOfWords(held: HeldRule, wanted: Wanted): string[] {
  return [
    ...(held.name === wanted.name ? [] : [`Renamed: “${held.name}” → “${wanted.name}”`]),
    ...(held.description === wanted.description ? [] : [`Description: “${held.description}” → “${wanted.description}”`]),
    ...changesOfTests(held.tests, wanted.tests),
  ]
}

const areTestsChanged = (held: Stated, wanted: Stated) => canonical(held.tests) !== canonical(wanted.tests)

function changesOfTests(before: Stated['tests'], after: Stated['tests']): string[] {
  const left = [...before]
  const lines = after.flatMap((test) => {
    const index = left.findIndex(({ name }) => name === test.name)
    const [old] = index === -1 ? [] : left.splice(index, 1)
    if (old === undefined) return [`Test added: “${test.name}” is ${test.expected}`]
    return canonical(old) === canonical(test) ? [] : [`Test changed: “${test.name}” is ${test.expected}`]
  })
  const all = [...lines, ...left.map(({ name }) => `Test removed: “${name}”`)]
  return all.length === 0 && canonical(before) !== canonical(after) ? ['The order of the tests changed'] : all
}

/** The type of accounts is no condition, so the difference of two definitions does not tell it. */
function changesOfRule(before: SegmentDefinition, after: SegmentDefinition, words: Wording['words']): string[] {
  const type = after.accountType === undefined ? 'all types' : `the type ${after.accountType}`
  return [...(before.accountType === after.accountType ? [] : [`Now accounts of ${type}`]), ...definitionDiff(before, after, words)]
}

/** By file, then by line. */
function sorted(mistakes: readonly SegmentFileMistake[]): SegmentFileMistake[] {
  return [...mistakes].sort((one, other) => (one.path === other.path ? (one.line ?? 0) - (other.line ?? 0) : one.path < other.path ? -1 : 1))
}
