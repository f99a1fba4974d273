import { z } from 'zod'
import { type Season, seasonsSchema } from '../condition/index.ts'
import { type Enrichment, enrichmentPatch } from '../enrichment.ts'
import { type Roles, rolesSchema } from '../roles.ts'
import { type Scope, scopes } from '../scopes.ts'

/** Who is signed in, projects and their keys. */

export const loginRequest = z.strictObject({ token: z.string().min(1).max(200) })
export interface Me {
  user: { id: number; name: string }
  projects: ProjectSummary[]
  csrf: string
  version: string
}
export interface ProjectSummary {
  id: number
  name: string
  timezone: string
}

/** Somebody who works in a project. */
export interface ProjectMember {
  id: number
  name: string
}
export interface Project extends ProjectSummary {
  /** The public capture token, safe in a web page. */
  token: string
  weekStart: 'sunday' | 'monday'
  currency: string
  roles: Roles
  /** Parts of the year that conditions can name. */
  seasons: readonly Season[]
  createdAt: number
  demo: boolean
  enrichment: Enrichment
}
export const projectPatch = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  timezone: z.string().min(1).max(60).optional(),
  weekStart: z.enum(['sunday', 'monday']).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'write a currency code such as EUR')
    .optional(),
  roles: rolesSchema.optional(),
  seasons: seasonsSchema.optional(),
  enrichment: enrichmentPatch.optional(),
})
export const projectCreate = z.strictObject({ name: z.string().trim().min(1).max(100), timezone: z.string().min(1).max(60).optional() })
export interface ApiKey {
  id: number
  name: string
  prefix: string
  scopes: Scope[]
  createdAt: number
  lastUsedAt: number | null
  /** From then on it opens nothing; null: never. */
  expiresAt: number | null
}
/** `scopes`: as few as will do; left out, the key can only read. `expiresAt`: epoch milliseconds, ahead of now. */
export const apiKeyCreate = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length).default(['read']),
  expiresAt: z.number().int().nullable().default(null),
})
/** The only time the secret is seen. */
export interface ApiKeyCreated extends ApiKey {
  secret: string
}
