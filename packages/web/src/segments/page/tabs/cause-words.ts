import type { ChangeCause } from '@kindred/model'

/** Why somebody entered or left, as a reader says it. */
export const causeWords: Readonly<Record<ChangeCause, string>> = {
  rule: 'the rule changed',
  data: 'something they did, or something learnt about them',
  time: 'time passed',
  hand: 'chosen by hand',
  merge: 'two people turned out to be one',
  deletion: 'deleted',
}

export const scheduleWords = { hourly: 'Every hour', nightly: 'Every night', off: 'Only when asked' } as const
