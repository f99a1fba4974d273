import { Anchor, type AnchorProps, Button, type ButtonProps, UnstyledButton, type UnstyledButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

/** Mantine's looks on the router's typed links: `to`, `params` and `search` are checked against the routes. */
type AnchorElement = Omit<ComponentPropsWithRef<'a'>, 'color' | 'style'>

export const TextLink = createLink((props: AnchorProps & AnchorElement) => <Anchor {...props} />)
export const ButtonLink = createLink((props: ButtonProps & AnchorElement) => <Button component="a" {...props} />)
/** A link without looks of its own, such as a row or a tile. */
export const PlainLink = createLink((props: UnstyledButtonProps & AnchorElement) => <UnstyledButton component="a" {...props} />)
