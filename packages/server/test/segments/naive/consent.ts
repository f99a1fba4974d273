import type { ConsentCondition } from '@kindred/model'
import type { Asked } from './history.ts'
import { livesOf } from './lives.ts'
import { isWithin } from './within.ts'

export function consent({ consent: channel, purpose, is, since }: ConsentCondition, { subject, history, question }: Asked): boolean {
  const entries = (history.consents ?? [])
    .map((entry, index) => ({ ...entry, index }))
    .filter((entry) => entry.channel === channel && entry.purpose === purpose && (history.merges.get(entry.personId) ?? entry.personId) === subject.id)
    .sort((one, other) => one.at - other.at || one.index - other.index)
  const last = entries.at(-1)
  if (is === 'neverAsked') return last === undefined
  if (last === undefined || last.state !== (is === 'given' ? 'granted' : 'withdrawn')) return false
  const timezone = since?.zone === 'person' ? livesOf(subject.properties, question).timezone : question.timezone
  return isWithin(last.at, since, { ...question, timezone })
}
