import { hotDynamicPaths, hotTextColumns, stateColumns } from '@kindred/engine'

/** Columns whose values repeat so little that a dictionary would only cost. */
const manyValued = new Set<string>(['session_id', 'current_url', 'pathname', 'referrer', 'browser_version', 'os_version', 'utm_term'])

const hotColumns = Object.values(hotTextColumns)
  .map((column) => `${column} ${manyValued.has(column) ? 'String' : 'LowCardinality(String)'}`)
  .join(',\n  ')
const hotPaths = hotDynamicPaths.map((path) => `${path} Dynamic`).join(', ')

const states = Object.entries(stateColumns)
  .map(([column, type]) => `${column} ${type}`)
  .join(',\n  ')

/** Retried inserts are recognised by their token for this many parts; a batch over twelve months is twelve. */
const tokens = 'non_replicated_deduplication_window = 20000'

/**
 * Numbered, forward only: a store runs those above the number it has. Never edit one that was released; add the next.
 * `project_id` comes first in every key.
 */
export const clickhouseMigrations: readonly { readonly id: number; readonly statements: readonly string[] }[] = [
  {
    id: 1,
    statements: [
      `create table kindred.events (
  project_id UInt32,
  event LowCardinality(String),
  timestamp DateTime64(3, 'UTC'),
  actor_id UInt64,
  person_id UInt64,
  uuid UUID,
  distinct_id String,
  ${hotColumns},
  groups Map(LowCardinality(String), String),
  properties JSON(max_dynamic_paths=32, ${hotPaths}),
  received_at DateTime64(3, 'UTC'),
  position UInt64,
  source LowCardinality(String),
  index by_person person_id type bloom_filter(0.01) granularity 1,
  index by_position position type minmax granularity 1,
  index by_time timestamp type minmax granularity 1
) engine = MergeTree
partition by toYYYYMM(timestamp)
primary key (project_id, event, toDate(timestamp))
order by (project_id, event, toDate(timestamp), actor_id, timestamp, uuid)
settings ${tokens}`,
      `create table kindred.persons (
  project_id UInt32,
  person_id UInt64,
  version UInt64,
  is_deleted UInt8,
  is_identified UInt8,
  has_profile UInt8,
  created_at DateTime64(3, 'UTC'),
  distinct_ids Array(String),
  properties JSON(max_dynamic_paths=64)
) engine = ReplacingMergeTree(version, is_deleted)
order by (project_id, person_id)
settings ${tokens}`,
      `create table kindred.person_overrides (
  project_id UInt32,
  from_id UInt64,
  to_id UInt64,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (project_id, from_id)
settings ${tokens}`,
      `create table kindred.person_activity (
  project_id UInt32,
  person_id UInt64,
  first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_seen SimpleAggregateFunction(max, DateTime64(3, 'UTC')),
  events SimpleAggregateFunction(sum, UInt64)
) engine = AggregatingMergeTree
order by (project_id, person_id)
settings ${tokens}`,
      `create table kindred.person_property_changes (
  project_id UInt32,
  person_id UInt64,
  key String,
  value String,
  at DateTime64(3, 'UTC'),
  position UInt64,
  source LowCardinality(String)
) engine = MergeTree
order by (project_id, person_id, key, position)
settings ${tokens}`,
      `create table kindred.segment_lists (
  project_id UInt32,
  segment_id UInt64,
  person_id UInt64
) engine = ReplacingMergeTree
order by (project_id, segment_id, person_id)
settings ${tokens}`,
    ],
  },
  {
    id: 2,
    statements: [
      `create table kindred.accounts (
  project_id UInt32,
  account_id UInt64,
  version UInt64,
  is_deleted UInt8,
  type LowCardinality(String),
  key String,
  created_at DateTime64(3, 'UTC'),
  properties JSON(max_dynamic_paths=64)
) engine = ReplacingMergeTree(version, is_deleted)
order by (project_id, account_id)
settings ${tokens}`,
      // The person as known at the moment: readers join person_overrides, as they do for events.
      `create table kindred.account_people (
  project_id UInt32,
  account_id UInt64,
  person_id UInt64,
  first_seen SimpleAggregateFunction(min, DateTime64(3, 'UTC')),
  last_seen SimpleAggregateFunction(max, DateTime64(3, 'UTC'))
) engine = AggregatingMergeTree
order by (project_id, account_id, person_id)
settings ${tokens}`,
    ],
  },
  {
    id: 6,
    // Who became whom, while a folding rewrites events.
    statements: ['create table kindred.merges_to_fold (from_id UInt64, to_id UInt64) engine = Join(any, left, from_id)'],
  },
  {
    id: 7,
    // A part that was merged away takes a third of a megabyte of memory until it is removed, which under load is up to five minutes later unless it is told.
    statements: ['events', 'persons', 'person_overrides', 'person_activity', 'person_property_changes', 'accounts', 'account_people'].map(
      (table) => `alter table kindred.${table} modify setting cleanup_delay_period = 5, max_cleanup_delay_period = 10, cleanup_delay_period_random_add = 1`,
    ),
  },
  {
    id: 8,
    // The ledger of consents, copied from the catalog. The person as known at the moment: readers join person_overrides.
    statements: [
      `create table kindred.consents (
  project_id UInt32,
  channel LowCardinality(String),
  purpose LowCardinality(String),
  person_id UInt64,
  id UInt64,
  state LowCardinality(String),
  at DateTime64(3, 'UTC')
) engine = ReplacingMergeTree
order by (project_id, channel, purpose, person_id, id)
settings ${tokens}`,
    ],
  },
  {
    id: 9,
    // Lists of accounts stand apart from lists of people: numbers of both begin at 1, and erasing a person looks for theirs.
    statements: [
      `create table kindred.segment_account_lists (
  project_id UInt32,
  segment_id UInt64,
  account_id UInt64
) engine = ReplacingMergeTree
order by (project_id, segment_id, account_id)
settings ${tokens}`,
    ],
  },
  {
    id: 12,
    statements: [
      // The record of memberships: a row for each change, and nothing else. Who is a member is the last row of each; a person or an account is 0 where
      // the segment is of the other. `since`: when they became a member, which a merge of people keeps.
      `create table kindred.segment_changes (
  project_id UInt32,
  segment_id UInt64,
  person_id UInt64,
  account_id UInt64,
  run UInt64,
  entered UInt8,
  at DateTime64(3, 'UTC'),
  since DateTime64(3, 'UTC'),
  position UInt64,
  cause LowCardinality(String),
  version UInt32
) engine = MergeTree
order by (project_id, segment_id, person_id, account_id, run)
settings ${tokens}`,
      // Whom people put in (1) or left out (-1) by hand; 0 takes that back. The catalog says who, when and why.
      `create table kindred.segment_choices (
  project_id UInt32,
  segment_id UInt64,
  person_id UInt64,
  account_id UInt64,
  choice Int8,
  version UInt64
) engine = ReplacingMergeTree(version)
order by (project_id, segment_id, person_id, account_id)
settings ${tokens}`,
    ],
  },
  {
    id: 13,
    // Postal codes of the world, the same for all projects. A file's lines are gathered beside the table, which then takes the place of the one before.
    statements: [
      `create table kindred.postal_code_lines (
  line UInt64,
  country_code LowCardinality(String),
  code String,
  place String,
  latitude Float64,
  longitude Float64
) engine = MergeTree
order by (country_code, code, line)
settings ${tokens}`,
      ...['postal_codes', 'postal_codes_next'].map(
        (table) => `create table kindred.${table} (
  country_code LowCardinality(String),
  code String,
  place String,
  latitude Float64,
  longitude Float64,
  file LowCardinality(String),
  installed_at DateTime64(3, 'UTC')
) engine = MergeTree
order by (country_code, code)
settings ${tokens}`,
      ),
    ],
  },
  {
    id: 14,
    statements: [
      'alter table kindred.events modify setting vertical_merge_algorithm_min_rows_to_activate = 1, vertical_merge_algorithm_min_columns_to_activate = 1',
    ],
  },
  {
    id: 15,
    // What measures of traits came to over the events up to a log position, for each person as they were known then. A keeping is a partition, so that it goes at once and whole.
    statements: [
      `create table kindred.trait_states (
  project_id UInt32,
  keeping UInt64,
  actor_id UInt64,
  person_id UInt64,
  through UInt64,
  ${states}
) engine = MergeTree
partition by (project_id, keeping)
order by (project_id, keeping, actor_id, through)
settings cleanup_delay_period = 5, max_cleanup_delay_period = 10, cleanup_delay_period_random_add = 1`,
    ],
  },
  {
    id: 16,
    // What stays structured within a list (the objects of `items`) has this many names of its own; the others share columns, as they do in `properties`.
    statements: ['alter table kindred.events modify setting merge_max_dynamic_subcolumns_in_wide_part = 32, merge_max_dynamic_subcolumns_in_compact_part = 32'],
  },
  {
    id: 17,
    // A merge reads a megabyte of each part at a time instead of ten, and its hundreds of columns have buffers that begin small: a third less memory. Rows to a granule stay as they were.
    statements: ['alter table kindred.events modify setting merge_max_block_size_bytes = 1048576, min_columns_to_activate_adaptive_write_buffer = 1'],
  },
]
