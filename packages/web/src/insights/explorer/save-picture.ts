import type { Display } from '@kindred/model'
import { saveBlob } from '../../api/download.ts'
import type { ShownAnswer } from '../answer/shown-answer.ts'
import type { Scheme } from '../chart/palette.ts'
import { rankingOption } from '../chart/ranking-option.ts'
import { timeOption } from '../chart/time-option.ts'

/** A number or a table is no chart: those are kept as CSV. */
export const hasPicture = (display: Display): boolean => display !== 'number' && display !== 'table'

interface PictureToSave {
  shown: ShownAnswer
  name: string
  file: string
  scheme: Scheme
}

/** Draws the answer as a titled picture and hands it to the browser's downloads. */
export async function savePicture({ shown, name, file, scheme }: PictureToSave): Promise<void> {
  const { pictureOf } = await import('../chart/picture.ts')
  const height = shown.query.display === 'ranking' ? Math.max(360, 96 + shown.rows.length * 28) : 720
  saveBlob(await pictureOf({ option: await optionOf(shown, scheme), title: name, scheme, height }), file)
}

async function optionOf(shown: ShownAnswer, scheme: Scheme) {
  if (shown.query.display === 'map') return (await import('../chart/world-map.ts')).worldMapOption(shown, scheme).option
  if (shown.query.display === 'ranking') return rankingOption(shown, scheme)
  return timeOption({ shown, kind: shown.query.display === 'bar' ? 'bar' : 'line', scheme })
}
