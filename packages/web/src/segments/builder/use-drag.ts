import { type PointerEvent, useEffect, useRef } from 'react'
import { move } from '../tree/edit.ts'
import type { Node } from '../tree/node.ts'
import { useBuilder } from './builder-context.ts'

/** Before which child of which group a dragged node would come to stand. */
interface Place {
  into: string
  at: number
}

interface Drag {
  /** Where the pointer went down; a drag begins some pixels away from it. */
  from: { x: number; y: number }
  x: number
  y: number
  begun: boolean
  place: Place | null
  /** The element that shows the place. */
  marked: HTMLElement | null
  stop: () => void
}

const slack = 5
const edge = 72
const scrollStep = 12

/** What a place of the tree says to a drag: it takes nodes before and after the child it holds. */
export const dropMarks = (group: string, index: number) => ({ 'data-drop-into': group, 'data-drop-at': index })

/**
 * Moves a node by mouse, pen or finger. Pointer events and not the browser's own drag and drop, which knows no touch and does not begin on a button
 * everywhere. The place is shown by attributes alone, so that no row is drawn anew while the pointer moves. Escape gives up.
 */
export function useDrag(node: Node) {
  const { root, edit } = useBuilder()
  const drag = useRef<Drag | null>(null)
  useEffect(() => () => end(drag), [])
  const drop = () => {
    const place = drag.current?.place
    end(drag)
    if (place) edit((before) => move(before, node.id, place))
  }
  const over = (button: HTMLElement) => {
    const current = drag.current
    if (current === null) return
    const own = button.closest<HTMLElement>('[data-drop-into]')
    const under = document.elementFromPoint(current.x, current.y)?.closest<HTMLElement>('[data-drop-into]')
    // Between two rows the place stays what it was.
    if (under == null) return
    const place = own?.contains(under) ? null : placeAt(under, current.y)
    const allowed = place !== null && move(root, node.id, place) !== root
    show(current, allowed ? under : null, place)
  }
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return
      const button = event.currentTarget
      button.setPointerCapture(event.pointerId)
      const cancel = (key: KeyboardEvent) => key.key === 'Escape' && end(drag)
      const timer = setInterval(() => drag.current?.begun && scrollNearEdge(drag.current.y) && over(button), 16)
      window.addEventListener('keydown', cancel)
      const stop = () => {
        clearInterval(timer)
        window.removeEventListener('keydown', cancel)
        own?.removeAttribute('data-dragged')
      }
      const own = button.closest<HTMLElement>('[data-drop-into]')
      const { clientX: x, clientY: y } = event
      drag.current = { from: { x, y }, x, y, begun: false, place: null, marked: null, stop }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const current = drag.current
      if (current === null) return
      current.x = event.clientX
      current.y = event.clientY
      if (!current.begun && Math.hypot(current.x - current.from.x, current.y - current.from.y) < slack) return
      current.begun = true
      event.currentTarget.closest('[data-drop-into]')?.setAttribute('data-dragged', '')
      over(event.currentTarget)
    },
    onPointerUp: drop,
    onPointerCancel: () => end(drag),
  }
}

function placeAt(element: HTMLElement, y: number): Place {
  const box = element.getBoundingClientRect()
  const after = y >= box.top + box.height / 2
  return { into: element.dataset.dropInto ?? '', at: Number(element.dataset.dropAt) + (after ? 1 : 0) }
}

function show(drag: Drag, element: HTMLElement | null, place: Place | null): void {
  if (drag.marked !== element) drag.marked?.removeAttribute('data-place')
  drag.marked = element
  drag.place = element === null ? null : place
  if (element !== null && place !== null) element.setAttribute('data-place', place.at > Number(element.dataset.dropAt) ? 'after' : 'before')
}

function end(drag: { current: Drag | null }): void {
  drag.current?.marked?.removeAttribute('data-place')
  drag.current?.stop()
  drag.current = null
}

/** Whether the page moved. */
function scrollNearEdge(y: number): boolean {
  const by = y < edge ? -scrollStep : y > window.innerHeight - edge ? scrollStep : 0
  if (by === 0) return false
  window.scrollBy(0, by)
  return true
}
