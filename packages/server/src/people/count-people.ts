import { personsWhere, render, sql } from '@kindred/engine'
import type { Project, Status } from '@kindred/model'
import type { Parts } from '../parts.ts'
import { questionContext } from '../projects/question-context.ts'
import { customersSql, hasEmailSql } from './customers.ts'

/** How many people there are, each counted once: as a customer, else as known by an e-mail address, else as anonymous. */
export async function countPeopleByKind(parts: Parts, project: Project): Promise<Status['people']> {
  const context = await questionContext(parts, project)
  const [row] = await parts.store.query<{ everyone: string; customers: string; known: string }>(
    render(sql`select count() as everyone, countIf(c) as customers, countIf(not c and k) as known
from (select p.person_id in (${customersSql(context)}) as c, ${hasEmailSql()} as k ${personsWhere(context)})`),
  )
  const [all, customers, known] = [Number(row?.everyone ?? 0), Number(row?.customers ?? 0), Number(row?.known ?? 0)]
  return { all, customers, known, anonymous: all - customers - known }
}
