import { type Condition, type ConditionKind, type ConditionOfKind, kindOf } from '@kindred/model'
import { account, people } from './accounts.ts'
import { bucket } from './bucket.ts'
import { observed, restarted, started, stopped } from './change.ts'
import { compare } from './compare.ts'
import { consent } from './consent.ts'
import { did } from './did.ts'
import { first, last } from './first-last.ts'
import type { Asked } from './history.ts'
import { inSegment } from './in.ts'
import { message } from './message.ts'
import { place } from './place.ts'
import { property } from './property.ts'
import { regularly } from './regularly.ts'
import { sequence } from './sequence.ts'
import { session } from './session.ts'
import { survey } from './survey.ts'
import { time } from './time.ts'
import { trait } from './trait.ts'

type NaiveReadings = { readonly [Kind in ConditionKind]?: (condition: ConditionOfKind[Kind], asked: Asked) => boolean }

/** The plainest reading there is of every kind, one subject at a time, event by event: what the compiled one is held to. */
const readings: NaiveReadings = {
  all: ({ all }, asked) => all.every((part) => meets(part, asked)),
  any: ({ any }, asked) => any.some((part) => meets(part, asked)),
  not: ({ not }, asked) => !meets(not, asked),
  of: ({ atLeast, of }, asked) => of.filter((part) => meets(part, asked)).length >= atLeast,
  property,
  did,
  compare,
  time,
  first,
  last,
  regularly,
  stopped,
  restarted,
  started,
  observed,
  people,
  account,
  in: inSegment,
  message,
  survey,
  consent,
  place,
  bucket,
  sequence,
  session,
  trait,
}

export function meets(condition: Condition, asked: Asked): boolean {
  const kind = kindOf(condition)
  const reading = readings[kind] as ((condition: Condition, asked: Asked) => boolean) | undefined
  if (reading === undefined) throw new Error(`no plain reading of ${kind}`)
  return reading(condition, asked)
}
