import type { Point } from '@kindred/model'

/** Opens the people behind a number; `title` names the number. */
export type OpenPoint = (point: Point, title: string) => void
