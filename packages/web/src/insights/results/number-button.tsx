import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './results.module.css'

interface NumberButtonProps {
  /** What the number is of; read out before it. */
  of: string
  onClick: () => void
  children: ReactNode
}

/** A number that opens the people behind it. */
export function NumberButton({ of, onClick, children }: NumberButtonProps) {
  return (
    <UnstyledButton className={classes.number} onClick={onClick} title={`People behind ${of}`}>
      <span className="kindred-hidden">{of}: </span>
      {children}
    </UnstyledButton>
  )
}
