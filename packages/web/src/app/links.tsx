import { Anchor, type AnchorProps, Button, type ButtonProps, Menu, type MenuItemProps, UnstyledButton, type UnstyledButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentPropsWithRef } from 'react'

/** Mantine's looks on the router's typed links: `to`, `params` and `search` are checked against the routes. */
type AnchorElement = Omit<ComponentPropsWithRef<'a'>, 'color' | 'style'>

export const TextLink = createLink((props: AnchorProps & AnchorElement) => <Anchor {...props} />)
export const ButtonLink = createLink((props: ButtonProps & AnchorElement) => <Button component="a" {...props} />)
/** A page as an item of a menu. */
export const MenuLink = createLink((props: MenuItemProps & AnchorElement) => <Menu.Item component="a" {...props} />)
/** A link without looks of its own, such as a row or a tile. */
export const PlainLink = createLink((props: UnstyledButtonProps & AnchorElement) => <UnstyledButton component="a" {...props} />)
