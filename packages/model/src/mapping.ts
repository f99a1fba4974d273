import { z } from 'zod'
import type { Properties } from './event.ts'

/**
 * How the columns of a CSV, TSV or JSON-lines file become events and people (`kindred import FILE --map MAP.yaml`).
 * A row becomes one event; with `group`, all rows with one key become one event that carries them as a list of items.
 * docs/importing.md tells it with examples.
 */

export const importFormats = ['csv', 'tsv', 'jsonl', 'parquet'] as const
/** Exports of other products that are read as their live events are, without a mapping of columns. */
export const knownExports = ['posthog', 'segment'] as const

const column = z.string().min(1).max(400)
/**
 * How a cell is read. `text` keeps it as written. `auto` reads `true`, `false` and numbers that lose nothing by it (no leading zero, at most
 * 15 digits), else text. `number`, `boolean` and `date` reject the row where the cell is something else.
 */
export const cellTypes = ['auto', 'text', 'number', 'boolean', 'date'] as const
/**
 * `auto` reads ISO 8601, `yyyy-MM-dd HH:mm[:ss]`, `yyyyMMdd`, days with the month's English name, epoch seconds and milliseconds;
 * `day-first` and `month-first` settle `03/04/2011`.
 */
export const timeFormats = ['auto', 'day-first', 'month-first', 'epoch-seconds', 'epoch-milliseconds'] as const
const propertyFrom = z.union([
  column,
  z.strictObject({
    column,
    type: z.enum(cellTypes).default('auto'),
    /** Takes this from the end of the text, such as `.0` of `17850.0`. */
    withoutSuffix: z.string().min(1).optional(),
    /** Written when the cell is empty; left out: the property is left out. */
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
    /** How a date is written, where it is not as the row's time is. */
    format: z.enum(timeFormats).optional(),
  }),
  z.strictObject({ value: z.union([z.string(), z.number(), z.boolean()]) }),
])
export type PropertyFrom = z.infer<typeof propertyFrom>

const test = {
  is: z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]),
  startsWith: z.string().min(1),
  matches: z.string().min(1),
  lessThan: z.number(),
  atMost: z.number(),
  moreThan: z.number(),
  atLeast: z.number(),
  empty: z.boolean(),
} as const
const testSchema = z
  .strictObject({
    column,
    is: test.is.optional(),
    startsWith: test.startsWith.optional(),
    matches: test.matches.optional(),
    lessThan: test.lessThan.optional(),
    atMost: test.atMost.optional(),
    moreThan: test.moreThan.optional(),
    atLeast: test.atLeast.optional(),
    empty: test.empty.optional(),
  })
  .refine((value) => Object.keys(value).length === 2, { error: 'give a column and exactly one test' })
export type RowTest = z.infer<typeof testSchema>

/** The first rule whose tests all hold (or `any` of them) names the event, or skips the row with a counted reason. */
const ruleSchema = z
  .strictObject({
    when: z.union([testSchema, z.strictObject({ all: z.array(testSchema).min(1) }), z.strictObject({ any: z.array(testSchema).min(1) })]),
    event: z.string().min(1).max(200).optional(),
    skip: z.string().min(1).max(200).optional(),
  })
  .refine((rule) => (rule.event === undefined) !== (rule.skip === undefined), { error: 'give event or skip' })
export type RowRule = z.infer<typeof ruleSchema>

/** A number made of the rows of a group, or of the one row: exact decimal arithmetic, rounded half away from zero to `decimals`. */
const totalSchema = z.strictObject({
  /** Columns multiplied with each other, then summed over the rows: `[Quantity, UnitPrice]`. */
  multiply: z.array(column).min(1).max(4),
  decimals: z.number().int().min(0).max(6).default(2),
  absolute: z.boolean().default(false),
})

const properties = z.record(z.string().min(1).max(400), propertyFrom).default({})
const idFrom = z.union([column, z.strictObject({ column, withoutSuffix: z.string().min(1).optional(), prefix: z.string().optional() })])
export type IdFrom = z.infer<typeof idFrom>
const whenEmpty = z.enum(['reject', 'skip']).default('reject')
const time = z.strictObject({
  column,
  /** IANA zone of times that carry none. Left out: the project's zone. */
  zone: z.string().min(1).optional(),
  format: z.enum(timeFormats).default('auto'),
})

const mappingFields = z.strictObject({
  /**
   * Rows of different sources are never the same row, whatever they hold. Give one to each shop or system whose order numbers may meet.
   */
  source: z.string().max(200).default(''),
  format: z.enum(importFormats).optional(),
  /** Left out: found out. A space reads any run of spaces as one. */
  delimiter: z.string().length(1).optional(),
  /** The columns' names where the file has no line that names them. */
  columns: z.array(column).min(1).max(5000).optional(),
  /** Texts that mean "no value", beside the empty text: `NA`, `NULL`, `-`. */
  emptyValues: z.array(z.string().min(1)).max(20).default([]),
  /** How the file writes numbers: `1.234,56` has decimal `,` and thousands `.`. */
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum([',', '.', ' ', "'"]).optional(),
  /** The file is an export of this product, one event a line: nothing else needs to be said. */
  export: z.enum(knownExports).optional(),
  person: z
    .strictObject({
      /**
       * The distinct id. Rows where it is empty are rejected, or skipped where `whenEmpty` says so. `row: true`: the file has no id, each row is
       * a person of its own, named by the row's number.
       */
      id: z.union([idFrom, z.strictObject({ row: z.literal(true), prefix: z.string().min(1) })]),
      /** Further ids of the same person, each joined with the first; only where the rows are people, without an event. */
      otherIds: z.array(idFrom).max(8).default([]),
      whenEmpty,
      /** When the row was true; only without an event. Left out: when it is imported. */
      time: time.optional(),
      /** Person property → column. */
      properties,
      /** As above, where the person does not have the property yet. */
      setOnce: properties,
      /** Type of account → the column with the id of the account that the person or the event belongs to. */
      accounts: z.record(z.string().min(1).max(200), idFrom).default({}),
    })
    .optional(),
  /** The rows are accounts (companies, teams), not people. */
  account: z
    .strictObject({
      /** `company`, `workspace`: the name that events give to this type of account. */
      type: z.string().min(1).max(200),
      id: idFrom,
      whenEmpty,
      time: time.optional(),
      properties,
    })
    .optional(),
  /** Left out: each row only sets person properties. */
  event: z
    .strictObject({
      /** A fixed name, or the column that holds it. */
      name: z.union([z.string().min(1).max(200), z.strictObject({ column })]),
      rules: z.array(ruleSchema).max(50).default([]),
      time,
      /** Columns that identify a row, such as a transaction number. Left out: the whole row does. */
      id: z.array(column).min(1).max(8).optional(),
      properties,
      totals: z.record(z.string().min(1).max(400), totalSchema).default({}),
      /** Rows with equal cells in these columns, of one person and one event name, are one event. They need not stand together. */
      group: z
        .strictObject({
          by: z.array(column).min(1).max(8),
          /** The list's property name and, for each item, field → column. */
          items: z
            .strictObject({
              property: z.string().min(1).max(400).default('items'),
              fields: z.record(z.string().min(1).max(400), propertyFrom),
              totals: z.record(z.string().min(1).max(400), totalSchema).default({}),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
})

export const importMappingSchema = mappingFields.superRefine((mapping, context) => {
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  const kinds = (['person', 'account', 'export'] as const).filter((kind) => mapping[kind] !== undefined)
  if (kinds.length === 0) refuse(['person'], 'say who a row is about: give person, account or export')
  if (kinds.length > 1) refuse([kinds[1] ?? 'person'], `give one of ${kinds.join(' and ')}, not both`)
  const { person, event } = mapping
  if (event !== undefined && person === undefined) refuse(['event'], 'an event needs a person')
  if (event === undefined) return
  if (person?.time !== undefined) refuse(['person', 'time'], 'the time is that of the event')
  if (person !== undefined && person.otherIds.length > 0) refuse(['person', 'otherIds'], 'ids are joined by rows of people, without an event')
})
export type ImportMapping = z.infer<typeof importMappingSchema>
export type ImportMappingInput = z.input<typeof importMappingSchema>

export const importStates = ['waiting', 'running', 'cancelled', 'done', 'failed'] as const

/**
 * An import as shown. Rows are the file's records, without the header. Of a grouped import a byte counts half when it is read and half when the
 * group it went into is sent on, so `bytesRead / bytes` is always the share of the work that is done.
 */
export interface ImportState {
  id: number
  name: string
  state: (typeof importStates)[number]
  bytes: number
  bytesRead: number
  rows: number
  /** Events that were not there before, and the people they belong to. */
  events: number
  people: number
  /** Events that an earlier import had brought already. */
  duplicates: number
  /** Rows that could not be read; each is kept with its line, column and reason. */
  rejected: number
  /** Reason → rows left out on purpose by a rule or `whenEmpty: skip`. */
  skipped: Record<string, number>
  rowsPerSecond: number
  secondsLeft: number | null
  startedAt: number | null
  endedAt: number | null
  error: string | null
  /** What was noticed about the file as a whole, in sentences: its encoding, columns with equal names. */
  notes: string[]
}

/** A row that could not be read: `line` counts from 1, `row` is as it was written. */
export interface RejectedRow {
  line: number
  column: string
  reason: string
  row: string
}

/** What the wizard shows before anything is read for good: drawn from the first thousand rows. `empty` counts those of them without a value. */
export interface ImportInspection {
  /** Where the file lies: an upload's id, or null for a file of the server, whose `path` then tells it. */
  uploadId: string | null
  path: string | null
  name: string
  bytes: number
  format: (typeof importFormats)[number]
  delimiter: string | null
  columns: { name: string; type: (typeof cellTypes)[number]; samples: string[]; empty: number }[]
  sample: Record<string, string>[]
  notes: string[]
  /** A mapping guessed from names and values, to be corrected. */
  guess: ImportMappingInput
}

/** A row as it will come in. `id` is the person's, or the account's where `accountType` is not null. Times are epoch milliseconds. */
export interface PreviewedRow {
  /** The line of the file that it begins on; a row of Parquet has its number. */
  line: number
  event: string
  id: string
  otherIds: string[]
  accountType: string | null
  at: number
  /** Of the event, or of the account. */
  properties: Properties
  set: Properties
  setOnce: Properties
  accounts: Record<string, string>
}

/** What the beginning of a file becomes with a mapping; nothing is kept. At most 50 of `made` and of `rejects`. */
export interface ImportPreview {
  rows: number
  made: PreviewedRow[]
  rejected: number
  rejects: RejectedRow[]
  skipped: Record<string, number>
  notes: string[]
}

/** A mapping kept under a name; `yaml` is what `kindred import --map` reads. */
export interface SavedMapping {
  id: number
  name: string
  mapping: ImportMappingInput
  yaml: string
  updatedAt: number
}
