import { z } from 'zod'

/**
 * How the columns of a CSV, TSV or JSON-lines file become events and people (`kindred import FILE --map MAP.yaml`).
 * A row becomes one event; with `group`, all rows with one key become one event that carries them as a list of items.
 * docs/importing.md tells it with examples.
 */

const column = z.string().min(1).max(400)
/**
 * How a cell is read. `text` keeps it as written. `auto` reads `true`, `false` and numbers that lose nothing by it (no leading zero, at most
 * 15 digits), else text. `number`, `boolean` and `date` reject the row where the cell is something else.
 */
export const cellTypes = ['auto', 'text', 'number', 'boolean', 'date'] as const
const propertyFrom = z.union([
  column,
  z.strictObject({
    column,
    type: z.enum(cellTypes).default('auto'),
    /** Takes this from the end of the text, such as `.0` of `17850.0`. */
    withoutSuffix: z.string().min(1).optional(),
    /** Written when the cell is empty; left out: the property is left out. */
    default: z.union([z.string(), z.number(), z.boolean()]).optional(),
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

export const importMappingSchema = z.strictObject({
  /**
   * Rows of different sources are never the same row, whatever they hold. Give one to each shop or system whose order numbers may meet.
   */
  source: z.string().max(200).default(''),
  format: z.enum(['csv', 'tsv', 'jsonl']).optional(),
  /** Left out: found out. A space reads any run of spaces as one. */
  delimiter: z.string().length(1).optional(),
  /** The columns' names where the file has no line that names them. */
  columns: z.array(column).min(1).max(5000).optional(),
  /** Texts that mean "no value", beside the empty text: `NA`, `NULL`, `-`. */
  emptyValues: z.array(z.string().min(1)).max(20).default([]),
  /** How the file writes numbers: `1.234,56` has decimal `,` and thousands `.`. */
  decimal: z.enum(['.', ',']).default('.'),
  thousands: z.enum([',', '.', ' ', "'"]).optional(),
  person: z.strictObject({
    /**
     * The distinct id. Rows where it is empty are rejected, or skipped where `whenEmpty` says so. `row: true`: the file has no id, each row is
     * a person of its own, named by the row's number.
     */
    id: z.union([
      column,
      z.strictObject({ column, withoutSuffix: z.string().min(1).optional(), prefix: z.string().optional() }),
      z.strictObject({ row: z.literal(true), prefix: z.string().min(1) }),
    ]),
    whenEmpty: z.enum(['reject', 'skip']).default('reject'),
    /** Person property → column. */
    properties: z.record(z.string().min(1).max(400), propertyFrom).default({}),
  }),
  /** Left out: each row only sets person properties. */
  event: z
    .strictObject({
      /** A fixed name, or the column that holds it. */
      name: z.union([z.string().min(1).max(200), z.strictObject({ column })]),
      rules: z.array(ruleSchema).max(50).default([]),
      time: z.strictObject({
        column,
        /** IANA zone of times that carry none. Left out: the project's zone. */
        zone: z.string().min(1).optional(),
        /**
         * `auto` reads ISO 8601, `yyyy-MM-dd HH:mm[:ss]`, `yyyyMMdd`, days with the month's English name, epoch seconds and milliseconds;
         * `day-first` and `month-first` settle `03/04/2011`.
         */
        format: z.enum(['auto', 'day-first', 'month-first', 'epoch-seconds', 'epoch-milliseconds']).default('auto'),
      }),
      /** Columns that identify a row, such as a transaction number. Left out: the whole row does. */
      id: z.array(column).min(1).max(8).optional(),
      properties: z.record(z.string().min(1).max(400), propertyFrom).default({}),
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

/** What the wizard shows before anything is read for good: drawn from the first thousand rows. `empty` counts those of them without a value. */
export interface ImportInspection {
  uploadId: string
  name: string
  bytes: number
  format: 'csv' | 'tsv' | 'jsonl'
  delimiter: string | null
  columns: { name: string; type: (typeof cellTypes)[number]; samples: string[]; empty: number }[]
  sample: Record<string, string>[]
  notes: string[]
  /** A mapping guessed from names and values, to be corrected. */
  guess: ImportMappingInput
}
