import type { SegmentUnit } from '@kindred/model'
import type { Generated } from 'kysely'

/**
 * The catalog: the truth of people, and everything people make. Times are epoch milliseconds; JSON columns hold text.
 * One definition for SQLite and Postgres: booleans are 0 and 1.
 */
export interface CatalogTables {
  projects: {
    id: Generated<number>
    name: string
    token: string
    timezone: string
    week_start: 'sunday' | 'monday'
    currency: string
    /** Roles, JSON; '' until first guessed. */
    roles: string
    /** 1 for the demo shop. */
    demo: number
    /** Switches of the enrichment, JSON; '' until one was changed. */
    enrichment: Generated<string>
    /** The named seasons, JSON; '' until one was changed. */
    seasons: Generated<string>
    created_at: number
  }
  users: { id: Generated<number>; name: string; created_at: number }
  /** Browser sessions and the one-time links that open them: only hashes are kept. */
  sessions: { hash: string; user_id: number; csrf: string; created_at: number; expires_at: number }
  login_links: { hash: string; user_id: number; expires_at: number; spent_at: number | null }
  api_keys: {
    id: Generated<number>
    project_id: number
    name: string
    prefix: string
    hash: string
    /** JSON list of scopes. */
    scopes: string
    created_at: number
    last_used_at: number | null
    expires_at: number | null
  }
  /** Replies of the last day by the hash of who asked and their Idempotency-Key. `reply` is sealed with both and opens for nobody else. */
  idempotency_keys: {
    hash: string
    /** Whose many keys count together: the hash of the asker. */
    asker: string
    request_hash: string
    /** null until the request is answered. */
    status: number | null
    reply: Buffer | null
    created_at: number
  }

  /** Dense ids, unique across projects. A merged person's row is gone; `person_merges` says where it went. */
  persons: {
    id: Generated<number>
    project_id: number
    created_at: number
    is_identified: number
    /** 0: only ever seen in events that asked for no profile. */
    has_profile: number
    /** JSON object. */
    properties: string
    /** Rises with each change; the version of the row in ClickHouse. */
    version: number
  }
  /** JSON of the sessions that later events may still belong to; see enrich/sessions.ts. */
  person_sessions: { person_id: number; sessions: string }
  distinct_ids: { project_id: number; distinct_id: string; person_id: number }
  /** `to_id` is always a root: paths are compressed on write. */
  person_merges: { from_id: number; to_id: number; project_id: number; position: number }

  account_types: { project_id: number; name: string; first_seen_at: number }
  accounts: {
    id: Generated<number>
    project_id: number
    type: string
    /** The sender's own id, unique within the type. */
    key: string
    created_at: number
    /** JSON object. */
    properties: string
    /** JSON: property → the event that set it (`at`, `position`, `source`). */
    origins: string
    /** Rises with each change; the version of the row in ClickHouse. */
    version: number
  }
  /** Who belongs to which account. Merged people's rows move to the person they became. */
  account_people: { account_id: number; person_id: number; project_id: number; first_seen_at: number; last_seen_at: number }

  /** How far each consumer of the log has come: everything at or below `position` is done. */
  offsets: { consumer: string; position: number }
  /** Inserts decided but not yet known to be in the store. Repeated first on start, with the same token. */
  outbox: { id: Generated<number>; first_position: number; last_position: number; table_name: string; token: string; rows: Buffer }
  /** Set-aside events; `pipeline/aside.ts` says what their forms are. `bytes` is the length of `body`. */
  quarantine: {
    id: Generated<number>
    project_id: number
    reason: string
    position: number | null
    received_at: number
    detail: string
    body: string
    source: string
    form: string
    /** JSON: what the request said beside the event; of a row, its table. */
    context: string
    bytes: number
    /** How often it was sent through the pipeline again, in vain. */
    attempts: number
    /** Epoch milliseconds at which it was last sent again, while that is under way. */
    replaying_at: number | null
  }
  /** Counted for ever. `kind`: dropped | quarantined | hint, and of the quarantined: replayed | discarded | expired. */
  counters: { project_id: number; kind: string; reason: string; count: number; last_at: number }

  event_definitions: { project_id: number; name: string; count: number; first_seen_at: number; last_seen_at: number }
  /** `types`: JSON, type → count. `samples`: JSON list of texts, at most 10. */
  property_definitions: {
    project_id: number
    entity: 'event' | 'person'
    name: string
    count: number
    types: string
    samples: string
    first_seen_at: number
    last_seen_at: number
  }

  /** What a team wrote about its names; `label` null: as made of the name, `sensitive` null: as the name says. */
  event_catalogue: { project_id: number; name: string; label: string | null; description: string; hidden: number; verified: number; changed_at: number }
  property_catalogue: {
    project_id: number
    entity: 'event' | 'person'
    name: string
    label: string | null
    description: string
    hidden: number
    verified: number
    sensitive: number | null
    changed_at: number
  }

  insights: { id: Generated<number>; project_id: number; name: string; query: string; created_by: number; created_at: number; updated_at: number }
  segments: {
    id: Generated<number>
    project_id: number
    /** Names it in files: unique in the project among those that are not deleted; '' until a list is complete. */
    key: string
    /** The mark of what files last made of it; '' where none did. See segment-files/mark.ts. */
    applied: Generated<string>
    name: string
    description: string
    kind: 'rule' | 'frozen'
    /** Whom it holds; of a rule as its definition says. */
    unit: Generated<SegmentUnit>
    /** JSON; '' for a frozen list. */
    definition: string
    version: number
    count: number | null
    counted_at: number | null
    /** Of those counted, how many can be written to; null: not counted with them. */
    reach_email: Generated<number | null>
    reach_sms: Generated<number | null>
    created_at: number
    updated_at: number
    deleted_at: number | null
    schedule: Generated<'hourly' | 'nightly' | 'off'>
    /** When somebody last looked at it or used it. */
    used_at: number | null
    archived_at: Generated<number | null>
    folder: Generated<string>
    /** JSON list of texts. */
    tags: Generated<string>
    owner_id: Generated<number | null>
    test_policy: Generated<'refuse' | 'warn'>
  }
  segment_versions: { segment_id: number; version: number; definition: string; author_id: number; changes: string; created_at: number }
  /** Each recomputation of a segment's recorded members: exact at `at`, through `position` of the log. `error`: why it could not be made. */
  segment_runs: {
    id: Generated<number>
    project_id: number
    segment_id: number
    version: number
    reason: string
    at: number
    position: number
    size: number
    entered: number
    gone: number
    milliseconds: number
    error: string | null
  }
  /** Whom people put in or left out by hand; one of `person_id` and `account_id` is 0. */
  segment_choices: {
    project_id: number
    segment_id: number
    person_id: number
    account_id: number
    choice: 'include' | 'exclude'
    reason: string
    author_id: number
    at: number
  }
  /** Sample people: by `distinct_id`, or written as JSON in `person`. */
  segment_tests: {
    id: Generated<number>
    project_id: number
    segment_id: number
    name: string
    distinct_id: string | null
    person: string
    expected: 'in' | 'out'
  }
  list_uploads: {
    id: Generated<number>
    project_id: number
    segment_id: number
    name: string
    matched_by: string
    total: number
    added: number
    already: number
    created: number
    refused: number
    /** Why it was not read to its end; null: it was. */
    error: string | null
    author_id: number
    at: number
  }
  /** What came of each row of an uploaded list. */
  list_rows: { upload_id: number; line: number; project_id: number; value: string; outcome: string; person_id: number | null }
  segment_deliveries: {
    id: Generated<number>
    project_id: number
    segment_id: number
    url: string
    secret: string
    columns: string | null
    state: 'running' | 'done' | 'failed'
    batch: number
    sent: number
    batches: number
    retries: number
    total: number
    error: string | null
    /** Of the rule, or of the list; 0: an older row, which cannot go on. */
    version: number
    position: number
    /** The last person that was acknowledged. */
    after_id: number
    /** The last person of the batch that was sent and not acknowledged; null: none is on its way. */
    through_id: number | null
    attempts: number
    answer: string | null
    created_at: number
    ended_at: number | null
  }

  traits: {
    id: Generated<number>
    project_id: number
    /** Unique among those that are not deleted. */
    name: string
    label: string
    description: string
    /** JSON. */
    definition: string
    version: number
    created_at: number
    updated_at: number
    deleted_at: number | null
  }
  trait_versions: { trait_id: number; version: number; definition: string; author_id: number; created_at: number }

  segmentations: {
    id: Generated<number>
    project_id: number
    name: string
    /** JSON of what is saved, and how often what is to be signed has changed. */
    body: string
    version: number
    created_at: number
    updated_at: number
    deleted_at: number | null
  }
  segmentation_comments: { id: Generated<number>; segmentation_id: number; author: string; text: string; at: number }
  segmentation_sign_offs: { segmentation_id: number; stakeholder_id: string; version: number; at: number }
  /** Links to a report by the hash of their token; `stakeholder_id` null: whoever has it may read. */
  segmentation_links: { hash: string; segmentation_id: number; stakeholder_id: string | null; created_at: number }

  /** What the people of a segment are like, in words. */
  segment_personas: { segment_id: number; name: string; needs: string; objections: string; talk: string; author_id: number; at: number }

  guide_texts: { project_id: number; guide_id: string; text: string; author_id: number; changed_at: number }

  imports: {
    id: Generated<number>
    project_id: number
    name: string
    /** Identifies the file's content, so that the same file twice adds nothing. */
    source_key: string
    path: string
    mapping: string
    state: string
    /** JSON of counts and of where reading stopped; see capture/import. */
    progress: string
    error: string | null
    created_at: number
    started_at: number | null
    ended_at: number | null
  }
  import_mappings: { id: Generated<number>; project_id: number; name: string; mapping: string; created_at: number; updated_at: number }
  import_rejects: { import_id: number; line: number; column_name: string; reason: string; row: string }
  /** Long work other than imports (the demo shop…). */
  jobs: {
    id: Generated<number>
    project_id: number
    kind: string
    state: string
    progress: string
    error: string | null
    created_at: number
    ended_at: number | null
  }
  /** Requests to delete people, and what came of them. `step`: what is done next. `receipt`: JSON of `DeletionReceipt`. */
  deletions: {
    id: Generated<number>
    project_id: number
    state: 'running' | 'done' | 'failed'
    step: string
    progress: number
    people: number
    block: number
    reason: string
    requested_by: string
    requested_at: number
    ended_at: number | null
    error: string | null
    receipt: string
  }
  /** Of a deletion under way: who is deleted, later with those merged into them, and the names to look for. Emptied at its end. */
  deletion_people: { deletion_id: number; person_id: number }
  deletion_names: { deletion_id: number; name: string }
  /** Keyed hashes of ids whose person was deleted. What the log held at or below `position`, or happened before `at`, stays out. */
  tombstones: { project_id: number; hash: string; position: number; at: number; deletion_id: number }
  /** Events of the ids after `position`, and up to `lifted_position`, are dropped. `distinct_id` is null for a deleted person. */
  opt_outs: {
    id: Generated<number>
    project_id: number
    distinct_id: string | null
    person_id: number | null
    reason: string
    created_by: string
    created_at: number
    position: number
    lifted_at: number | null
    lifted_by: string | null
    lifted_position: number | null
  }
  opt_out_ids: { project_id: number; hash: string; opt_out_id: number }
  /** Append-only. `person_id` as it was then: merged people keep their rows. `reference` makes a repeated event one row. */
  consents: {
    id: Generated<number>
    project_id: number
    person_id: number
    channel: string
    purpose: string
    state: string
    source: string
    at: number
    recorded_at: number
    recorded_by: string
    reference: string
  }
  retention: { project_id: number; days: number | null; changed_by: string; changed_at: number; ran_at: number | null }
  /** `removed`: JSON list of places and counts. */
  retention_runs: {
    id: Generated<number>
    project_id: number
    state: 'running' | 'done' | 'failed'
    days: number
    before: number
    position: number
    removed: string
    requested_by: string
    created_at: number
    ended_at: number | null
    error: string | null
  }
  /**
   * What is kept of measures of traits. `measure`: what it is kept as, by the product's `version`. Its states hold the events at or below `through` that had
   * happened by `until`, 0 where there are none yet; `rows` were there when they were last one for each person. Retired ones are read by nobody new.
   */
  trait_keepings: {
    id: Generated<number>
    project_id: number
    measure: string
    version: string
    through: number
    until: number
    rows: number
    retired_at: number | null
  }
  settings: { name: string; value: string }
}
