import { KindredError } from '@kindred/model'

/** What PostHog would refuse too. `path` is where it stands in what was given. */
export function cohortInvalid(path: string, reason: string): KindredError {
  return new KindredError('cohort/invalid', { path: path === '' ? 'cohort' : path, reason })
}

/** What can be said in PostHog and has no exact like here. */
export function cohortUnsupported(path: string, reason: string): KindredError {
  return new KindredError('cohort/unsupported', { path: path === '' ? 'cohort' : path, reason })
}
