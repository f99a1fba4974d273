/** What an API key may be allowed to do. Scopes are independent: none contains another. A key has those that were chosen when it was made. */
export const scopes = ['read', 'write', 'ingest', 'people:export', 'privacy', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** What each scope opens, as shown where keys are made and in the documentation. */
export const scopeWords: Record<Scope, string> = {
  read: 'Read people, events, segments and insights, and ask questions',
  write: 'Make, change and delete segments, insights and whatever else a team keeps',
  ingest: 'Send events and run imports',
  'people:export': 'Download complete lists of people as files',
  privacy: 'Carry out people’s rights: consent, a copy of their data, erasure',
  admin: 'Change the project’s settings, its keys and its connections',
}
