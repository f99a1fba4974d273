import type { Point } from '@kindred/model'

/** One number of an answer, as it was opened. */
export interface OpenedPoint {
  point: Partial<Point> & Pick<Point, 'index'>
  /** The number in words. */
  title: string
}
