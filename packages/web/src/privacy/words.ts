import type { ConsentChannel, Deletion } from '@kindred/model'

export const channelWords: Record<ConsentChannel, string> = {
  email: 'E-mail',
  sms: 'SMS',
  push: 'Push messages',
  phone: 'Telephone',
  post: 'Post',
  web: 'Website and app',
}

export const stepWords: Record<Deletion['step'], string> = {
  waiting: 'waiting its turn',
  names: 'taking them out of the samples',
  store: 'taking them out of the store',
  log: 'taking them out of the log',
  catalog: 'taking them out of what was set aside',
  check: 'searching every place again',
  wipe: 'wiping the files',
  done: 'done',
}

/** `third-party` as `Third party`. */
export const purposeWords = (purpose: string) => `${purpose.slice(0, 1).toUpperCase()}${purpose.slice(1).replaceAll('-', ' ')}`

const places: Record<string, string> = {
  'store: events': 'Events',
  'store: persons': 'Profiles for questions',
  'store: person_overrides': 'Merges for questions',
  'store: person_activity': 'Activity',
  'store: person_property_changes': 'Property history',
  'store: segment_lists': 'Frozen lists',
  'store: segment_changes': 'Record of segments',
  'store: segment_choices': 'Choices by hand for questions',
  'store: account_people': 'Memberships for questions',
}

/** A place of a receipt as a reader knows it. */
export const placeWords = (place: string) => places[place] ?? `${place.slice(0, 1).toUpperCase()}${place.slice(1)}`
