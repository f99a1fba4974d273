import type { Condition, EventRole, PropertyRole, TemplateAdjustment, TemplateKind } from '@kindred/model'

/** A definition ready to be used: what it keeps, the data it needs, and what may be changed first. */
export interface Template {
  /** Stable: links and the guides name it. */
  readonly id: string
  readonly kind: TemplateKind
  readonly name: string
  /** What it is good for, in one line. */
  readonly says: string
  /** Beside what its traits are computed of, which follows from the definition. */
  readonly needs: readonly Need[]
  /** Left out: people. */
  readonly unit?: 'account'
  /** What it finds is guessed from behaviour, and said so beside it. */
  readonly inferred?: true
  where(data: TemplateData): Condition
  readonly adjust?: readonly TemplateAdjustment[]
}

/** Something a template reads. */
export type Need =
  | { readonly role: EventRole }
  | { readonly propertyRole: PropertyRole }
  /** A standard field, without its prefix. */
  | { readonly field: string }
  /** Any one of these events; `says` in words. */
  | { readonly events: readonly string[]; readonly says: string }
  /** Any one of these properties of events. */
  | { readonly properties: readonly string[]; readonly says: string }
  | { readonly messages: 'email' | 'sms' }
  | { readonly sessions: true }
  /** One of them is enough. */
  | { readonly anyOf: readonly Need[] }

/** What a template may ask of the project it is offered to. */
export interface TemplateData {
  /** The most frequent value of a standard field; where nobody has one, the example. */
  value(field: string, example: string): string
  /** The one of these names of events that the project uses most; where it has none of them, the first. */
  event(...names: readonly [string, ...string[]]): string
  /** The first of these names that a property of the project's events has: the surest stands first, however often another comes. */
  property(...names: readonly [string, ...string[]]): string
  propertyRole(role: PropertyRole, example: string): string
  /** The most frequent value of a property of events. */
  eventValue(property: string, example: string): string
  /** The date so many days ago, in the project's time zone. */
  daysAgo(days: number): string
}

/** What may be changed before use: the number, length of time, text or list at a path of the definition. */
export const number = (label: string, path: string): TemplateAdjustment => ({ label, path, as: 'number' })
export const duration = (label: string, path: string): TemplateAdjustment => ({ label, path, as: 'duration' })
export const texts = (label: string, path: string): TemplateAdjustment => ({ label, path, as: 'texts' })
export const text = (label: string, path: string): TemplateAdjustment => ({ label, path, as: 'text' })

export const field = (key: string): Need => ({ field: key })
export const role = (name: EventRole): Need => ({ role: name })
export const order = { role: 'order' } as const
