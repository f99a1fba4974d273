import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parse } from 'yaml'
import { newerBrowsers, newerSystems } from './newer-agents.ts'

/** What a rule found: the family as the rules name it, and the parts of its version, the largest first. */
export interface AgentMatch {
  family: string
  version: string[]
}

/** A rule as the list has it: `<kind>_replacement` may hold `$1`…, the groups of the pattern. */
interface Rule {
  pattern: RegExp
  family: string | undefined
  version: (string | undefined)[]
}
interface RuleFile {
  user_agent_parsers: Record<string, string>[]
  os_parsers: Record<string, string>[]
}

/** Longer ones are not written by browsers, and reading them could be made slow. */
const longest = 1024

let rules: { browsers: Rule[]; systems: Rule[] } | undefined

/** The browser (or program) that a user agent names, and its operating system; undefined where no rule knows it. The first rule that matches counts. */
export function matchAgent(userAgent: string): { browser: AgentMatch | undefined; system: AgentMatch | undefined } {
  rules ??= readRules()
  const text = userAgent.slice(0, longest)
  return { browser: firstMatch(rules.browsers, text), system: firstMatch(rules.systems, text) }
}

/** The community's list, which comes as a package, with ours before it: ours name one product each, by its own token. */
function readRules(): { browsers: Rule[]; systems: Rule[] } {
  const file = createRequire(import.meta.url).resolve('uap-core/regexes.yaml')
  // Its last part, two thirds of it, is about devices, which are told by what browsers say of themselves.
  const [text = ''] = readFileSync(file, 'utf8').split('\ndevice_parsers:', 1)
  const list = parse(text) as RuleFile
  return {
    browsers: [...newerBrowsers.map(ownRule), ...list.user_agent_parsers.map((rule) => listedRule(rule, ['family_replacement', 'v1', 'v2', 'v3']))],
    systems: [...newerSystems.map(ownRule), ...list.os_parsers.map((rule) => listedRule(rule, ['os_replacement', 'os_v1', 'os_v2', 'os_v3']))],
  }
}

function ownRule([family, pattern]: readonly [string, RegExp]): Rule {
  // Its groups are the version alone; a listed rule's first group is the family.
  return { pattern, family, version: ['$1', '$2', '$3'] }
}

function listedRule(rule: Record<string, string>, [family = '', ...versions]: string[]): Rule {
  const version = versions.map((part) => rule[`${part}_replacement`])
  return { pattern: new RegExp(rule.regex ?? '(?!)', rule.regex_flag), family: rule[family], version }
}

function firstMatch(list: readonly Rule[], text: string): AgentMatch | undefined {
  for (const { pattern, family, version } of list) {
    const groups = pattern.exec(text)
    if (groups === null) continue
    const name = filled(family ?? '$1', groups)
    if (name === '' || name === 'Other') return undefined
    const parts = version.map((part, index) => filled(part ?? `$${index + 2}`, groups))
    const end = parts.indexOf('')
    return { family: name, version: end === -1 ? parts : parts.slice(0, end) }
  }
  return undefined
}

/** `$1`… of a replacement filled in from the pattern's groups. */
function filled(replacement: string, groups: RegExpExecArray): string {
  return replacement.replace(/\$(\d)/g, (_, number: string) => groups[Number(number)] ?? '').trim()
}
