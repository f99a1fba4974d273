import type { EChartsCoreOption } from 'echarts/core'
import { useEffect, useEffectEvent, useRef } from 'react'
import { echarts } from './echarts.ts'

export interface ChartClick {
  /** The id its series was given; empty for a map. */
  seriesId: string
  dataIndex: number
  name: string
}

interface CanvasProps {
  option: EChartsCoreOption
  /** What the picture shows, for those who do not see it. */
  label: string
  /** In pixels, or as CSS says it. */
  height: number | string
  onClick: (click: ChartClick) => void
  /** A click between the marks of a chart over time: the index of the bucket below the pointer. */
  onClickBucket?: (index: number) => void
}

/** One ECharts canvas that follows its box's width. */
export default function Canvas({ option, label, height, onClick, onClickBucket }: CanvasProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ReturnType<typeof echarts.init> | null>(null)
  const clicked = useEffectEvent(onClick)
  const clickedBucket = useEffectEvent((index: number) => onClickBucket?.(index))

  useEffect(() => {
    if (box.current === null) return
    const made = echarts.init(box.current)
    chart.current = made
    made.on('click', (event) => {
      if (event.componentType === 'series') clicked({ seriesId: event.seriesId ?? '', dataIndex: event.dataIndex, name: event.name })
    })
    made.getZr().on('click', (event) => {
      const place =
        event.target === undefined && made.containPixel('grid', [event.offsetX, event.offsetY])
          ? made.convertFromPixel({ xAxisIndex: 0 }, event.offsetX)
          : undefined
      if (typeof place === 'number') clickedBucket(Math.round(place))
    })
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      made.dispose()
      chart.current = null
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option])

  return <div ref={box} role="img" aria-label={label} style={{ height, width: '100%' }} />
}
