import type { Project } from '@kindred/model'
import { z } from 'zod'

/** By which a page gives its question an id, to be told how far it is while it waits. */
export const questionHeader = 'x-kindred-question'
export const questionId = z.uuid()

/** What the store finds a question by: those of other projects are not found. */
export const questionLabel = (project: Pick<Project, 'id'>, id: z.output<typeof questionId>): string => `${project.id}:${id}`
