import type { TimeCondition } from '@kindred/model'
import type { Asked } from './history.ts'
import { isDuring, livesOf } from './lives.ts'

export function time({ time: asked }: TimeCondition, { subject, unit, question }: Asked): boolean {
  return isDuring(question.now, asked, { lives: livesOf(unit === 'person' ? subject.properties : {}, question), question })
}
