import { type CompileContext, clausesOf, type MetRow, metSql, planDefinition, planSegment, render, unitOf } from '@kindred/engine'
import { type AccountRow, type AccountSegment, KindredError, type Project } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { clauseReasons } from '../segments/reasons.ts'
import { knownAccounts } from './known-accounts.ts'

/** The segments of accounts that an account is in now, by name, each with the conditions it meets. Errors: `account/not-found`. */
export async function accountSegments(parts: Parts, project: Project, id: number): Promise<AccountSegment[]> {
  const [account] = await knownAccounts(parts, project.id, [id])
  if (account === undefined) throw new KindredError('account/not-found', { id })
  const context = await questionContext(parts, project)
  const found: AccountSegment[] = []
  // One after the other: a page that asks for one account leaves room for others.
  for (const segmentId of context.segments.keys()) {
    const segment = await membershipOf(parts, context, { account, segmentId })
    if (segment !== null) found.push(segment)
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1))
}

async function membershipOf(
  parts: Pick<Parts, 'store'>,
  context: CompileContext,
  { account, segmentId }: { account: AccountRow; segmentId: number },
): Promise<AccountSegment | null> {
  const segment = context.segments.get(segmentId)
  if (segment === undefined || unitOf(segment) !== 'account') return null
  const planned = segment.kind === 'rule' ? planDefinition(segment.definition, context) : planSegment(segmentId, context)
  const clauses = segment.kind === 'rule' ? clausesOf(segment.definition, planned) : []
  const [row] = await parts.store.query<MetRow>(render(metSql(planned, { clauses, ids: [account.id], context })))
  if (row === undefined) return null
  const reasonsOf = await clauseReasons(parts, { context, clauses, subject: planned.subject, ids: [account.id] })
  return { id: segmentId, name: segment.name, kind: segment.kind, reasons: reasonsOf(account, row.met) }
}
