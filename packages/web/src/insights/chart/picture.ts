import type { EChartsCoreOption } from 'echarts/core'
import { echarts } from './echarts.ts'
import { inksOf, type Scheme } from './palette.ts'

interface Picture {
  option: EChartsCoreOption
  title: string
  scheme: Scheme
  height?: number
}

/** Draws a chart out of sight, titled and at a fixed size, and answers it as a PNG. Not by way of a `data:` address: a page of ours may not fetch one. */
export async function pictureOf({ option, title, scheme, height = 720 }: Picture): Promise<Blob> {
  const inks = inksOf(scheme)
  const box = document.createElement('div')
  const chart = echarts.init(box, null, { width: 1280, height, devicePixelRatio: 2 })
  try {
    const grid = option.grid as { top?: number; left?: number } | undefined
    chart.setOption({
      ...option,
      backgroundColor: inks.page,
      title: { text: title, left: 16, top: 12, textStyle: { color: inks.text, fontSize: 18, width: 1240, overflow: 'truncate' } },
      ...(grid === undefined ? {} : { grid: { ...grid, top: 64, left: 24, bottom: 24 } }),
    })
    const canvas = chart.renderToCanvas({ pixelRatio: 2, backgroundColor: inks.page })
    const picture = await new Promise<Blob | null>((drawn) => canvas.toBlob(drawn, 'image/png'))
    if (picture === null) throw new Error('The browser could not draw the picture.')
    return picture
  } finally {
    chart.dispose()
  }
}
