import type { Corner } from '@kindred/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cornerAt, cornerWords, gridStep, heightOf, moved, viewOf, wholeWorld, zoomed } from '../../src/segments/builder/rows/area/view.ts'
import { readCorners } from '../../src/segments/tree/place.ts'

const ireland: Corner[] = [
  [-10, 51],
  [-5, 51],
  [-5, 55],
  [-10, 55],
]

describe('what the map of an area shows', () => {
  test('is the whole world without corners, and all corners with land around them otherwise', () => {
    expect(viewOf([])).toEqual(wholeWorld)
    const view = viewOf(ireland)
    expect(view).toMatchObject({ longitude: -7.5, latitude: 53 })
    expect(view.width).toBeGreaterThan(5)
    expect(heightOf(view)).toBeGreaterThan(4)
    expect(viewOf([[-6, 53]])).toMatchObject({ longitude: -6, latitude: 53, width: 10 })
  })

  test('keeps the place under the pointer where it is while it zooms', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.record({ x: share, y: share }), fc.constantFrom(0.5, 0.8, 1.25, 1.6), (at, times) => {
        const view = viewOf(ireland)
        const [before, after] = [cornerAt(view, at), cornerAt(zoomed(view, times, at), at)]
        // Degrees of latitude are drawn a little taller or lower once the middle is elsewhere.
        expect(Math.abs(after[0] - before[0])).toBeLessThan(0.02)
        expect(Math.abs(after[1] - before[1])).toBeLessThan(0.5)
      }),
    )
  })

  test('never leaves the world, and corners never do', () => {
    const far = moved({ longitude: 170, latitude: 80, width: 60 }, { x: -1, y: 1 })
    expect(far).toMatchObject({ longitude: 180, latitude: 90 })
    expect(cornerAt(far, { x: 1, y: 0 })).toEqual([180, 90])
    expect(zoomed(wholeWorld, 2).width).toBe(360)
  })

  test('corners are as fine as can be seen', () => {
    expect(cornerAt({ longitude: -6.26031, latitude: 53.34981, width: 360 }, { x: 0.5, y: 0.5 })).toEqual([-6.3, 53.3])
    expect(cornerAt({ longitude: -6.26031, latitude: 53.34981, width: 0.5 }, { x: 0.5, y: 0.5 })).toEqual([-6.2603, 53.3498])
    expect(gridStep({ longitude: 0, latitude: 0, width: 360 })).toBe(30)
    expect(gridStep({ longitude: 0, latitude: 0, width: 1 })).toBe(0.1)
    expect(cornerWords([-6.3, 53.4])).toBe('53.4° N, 6.3° W')
  })
})

describe('corners in text', () => {
  test('are lines, of which unfinished ones hold null', () => {
    expect(readCorners('-6.3, 53.4\n-6.2 53.3\n\n-6.2,')).toEqual([
      [-6.3, 53.4],
      [-6.2, 53.3],
      [null, null],
    ])
  })

  test('are the outline of the first polygon of GeoJSON, whose last point is the first', () => {
    const closed = [...ireland, [-10, 51]]
    const polygon = {
      type: 'Polygon',
      bbox: [-10, 51, -5, 55],
      coordinates: [
        closed,
        [
          [-7, 52],
          [-6, 52],
          [-6, 53],
        ],
      ],
    }
    expect(readCorners(JSON.stringify(polygon))).toEqual(ireland)
    const collection = { type: 'FeatureCollection', features: [{ type: 'Feature', properties: { name: 'Ireland' }, geometry: polygon }] }
    expect(readCorners(JSON.stringify(collection, null, 2))).toEqual(ireland)
    expect(readCorners(JSON.stringify({ type: 'MultiPolygon', coordinates: [[closed], [closed]] }))).toEqual(ireland)
    expect(readCorners(JSON.stringify(ireland))).toEqual(ireland)
  })
})
