import type { ReactNode } from 'react'
import { useCopy } from './use-copy.ts'

/** Gives whoever draws the button what copies `value`, and whether it was just copied. */
export function CopyButton({ value, children }: { value: string; children: (state: { copied: boolean; copy: () => void }) => ReactNode }) {
  const { copied, copy } = useCopy()
  return children({ copied, copy: () => copy(value) })
}
