import type { Corner } from '@kindred/model'
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { cornerAt, type MapView, moved, rounded, type Shares, zoomed } from './view.ts'

/** What the pointer holds: a corner, or the map itself, which is not taken to be moved before it has gone some pixels. */
type Held = { corner: number } | { from: Shares; view: MapView; isMoved: boolean }

/** A hand that trembles still means one place: pixels. */
const tremble = 4

interface MapPointer {
  svg: RefObject<SVGSVGElement | null>
  view: MapView
  setView: (view: MapView) => void
  corners: readonly Corner[]
  onChange: (corners: Corner[]) => void
}

/** Drawing and moving by the pointer. What is dragged becomes the area's once it is let go. */
export function useMapPointer({ svg, view, setView, corners, onChange }: MapPointer) {
  const held = useRef<Held | null>(null)
  const [pointed, setPointed] = useState<Corner | null>(null)
  const [dragged, setDragged] = useState<Corner[] | null>(null)
  useWheel(svg, (times, at) => setView(zoomed(view, times, at)))
  const shown = dragged ?? corners

  /** By the main button alone: whether it holds now. */
  const hold = (event: PointerEvent, what: Held) => {
    event.stopPropagation()
    if (event.button !== 0) return false
    svg.current?.setPointerCapture(event.pointerId)
    held.current = what
    return true
  }
  const end = () => {
    held.current = null
    setDragged(null)
  }
  return {
    shown,
    isDragging: dragged !== null,
    /** Where the pointer is; null where it is elsewhere. */
    pointed,
    holdCorner: (event: PointerEvent, corner: number) => hold(event, { corner }),
    /** A new corner, which takes this place among them. */
    pullCorner(event: PointerEvent, index: number, corner: Corner) {
      if (hold(event, { corner: index })) setDragged(corners.toSpliced(index, 0, rounded(corner, view)))
    },
    onMap: {
      onPointerDown: (event: PointerEvent) => hold(event, { from: shares(svg.current, event), view, isMoved: false }),
      onPointerMove(event: PointerEvent) {
        const [at, what] = [shares(svg.current, event), held.current]
        setPointed(cornerAt(view, at))
        if (what === null) return
        if ('corner' in what) return setDragged(shown.with(what.corner, cornerAt(view, at)))
        const by = { x: at.x - what.from.x, y: at.y - what.from.y }
        const { width = 0, height = 0 } = svg.current?.getBoundingClientRect() ?? {}
        what.isMoved ||= Math.hypot(by.x * width, by.y * height) > tremble
        if (what.isMoved) setView(moved(what.view, by))
      },
      onPointerUp(event: PointerEvent) {
        const what = held.current
        end()
        if (what === null) return
        if ('corner' in what) return dragged === null ? undefined : onChange(dragged)
        if (!what.isMoved) onChange([...corners, cornerAt(view, shares(svg.current, event))])
      },
      onPointerCancel: end,
      onPointerLeave: () => setPointed(null),
    },
  }
}

/** A wheel over the map zooms instead of scrolling the page, which React's own listeners cannot keep it from. */
function useWheel(svg: RefObject<SVGSVGElement | null>, onZoom: (times: number, at: Shares) => void) {
  const latest = useRef(onZoom)
  latest.current = onZoom
  useEffect(() => {
    const element = svg.current
    const turned = (event: WheelEvent) => {
      event.preventDefault()
      latest.current(1.0015 ** event.deltaY, shares(element, event))
    }
    element?.addEventListener('wheel', turned, { passive: false })
    return () => element?.removeEventListener('wheel', turned)
  }, [svg])
}

function shares(svg: SVGSVGElement | null, { clientX, clientY }: { clientX: number; clientY: number }): Shares {
  const { left, top, width, height } = svg?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
  return { x: (clientX - left) / width, y: (clientY - top) / height }
}
