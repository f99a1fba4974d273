import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one accent. 7 carries white text at 5.9:1; 4 stands on the dark background at 7:1. */
const lagoon: MantineColorsTuple = ['#eaf6f5', '#d3ebe9', '#a6d8d4', '#74c2bc', '#48ada6', '#249990', '#128079', '#0b6e69', '#085a56', '#064642']

const gray: MantineColorsTuple = ['#f8f9fa', '#f1f3f5', '#e7eaed', '#dadee3', '#c5cbd3', '#99a1ac', '#6b7480', '#515a66', '#363d47', '#1d2229']

const dark: MantineColorsTuple = ['#e4e7eb', '#c2c8cf', '#a4abb5', '#8d95a0', '#383f49', '#2b3139', '#21262d', '#16191e', '#111418', '#0c0e11']

/** Mantine with our measures: an 8-pixel grid, 14-pixel text, soft corners, no heavy shadows. */
export const theme = createTheme({
  colors: { lagoon, gray, dark },
  primaryColor: 'lagoon',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: 'Inter, ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '16px' },
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem', lineHeight: '1.4' }, h2: { fontSize: '1rem', lineHeight: '1.5' }, h3: { fontSize: '0.875rem', lineHeight: '1.5' } },
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: {
      styles: {
        root: { backgroundColor: 'var(--kindred-surface)', border: '1px solid var(--mantine-color-default-border)' },
        // A table in it scrolls instead of widening it.
        body: { minWidth: 0 },
        title: { color: 'var(--mantine-color-text)' },
        message: { color: 'var(--mantine-color-text)' },
      },
    },
    Badge: {
      defaultProps: { variant: 'light', tt: 'none', fw: 500, radius: 'sm' },
      vars: (_theme: unknown, { variant }: { variant?: string }) => ({
        root: variant === 'outline' ? { '--badge-bd': '1px solid var(--mantine-color-default-border)' } : {},
      }),
    },
    Button: { defaultProps: { size: 'sm' } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } }, styles: { header: { backgroundColor: 'var(--kindred-surface)' } } },
    // A picker would vanish with what is being typed in it, when rows above it grow and its button leaves the screen.
    Popover: { defaultProps: { hideDetached: false } },
    Paper: { styles: { root: { backgroundColor: 'var(--kindred-surface)' } } },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 } }, styles: { header: { backgroundColor: 'var(--kindred-surface)' } } },
    Tooltip: { defaultProps: { openDelay: 300, multiline: true, maw: 320 } },
  },
})

/** A colour's quiet buttons and badges on the dark page, where Mantine's own fall below the page in lightness and read as switched off. */
const lightVariant = (name: string, background: string, text: string) => ({
  [`--mantine-color-${name}-light`]: `color-mix(in srgb, ${background} 22%, transparent)`,
  [`--mantine-color-${name}-light-hover`]: `color-mix(in srgb, ${background} 32%, transparent)`,
  [`--mantine-color-${name}-light-color`]: text,
})

/** Below white text, at 5.9:1; Mantine's own is at 3.8. */
const redFilled = { '--mantine-color-red-filled': '#c1272d', '--mantine-color-red-filled-hover': '#a81f25' }

/** Mantine's own dimmed, placeholder and anchor colours miss 4.5:1 on some of its backgrounds; these keep it on all of ours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#59626e',
    '--mantine-color-placeholder': '#69717d',
    '--mantine-color-text': gray[9],
    '--mantine-color-anchor': lagoon[7],
    '--mantine-color-error': '#c1272d',
    '--mantine-color-red-light-color': '#b3242a',
    ...redFilled,
    '--mantine-color-default-border': gray[3],
    '--kindred-line': gray[2],
    '--kindred-surface': '#ffffff',
    '--kindred-rail': gray[0],
    '--kindred-hover': gray[1],
    '--kindred-active': gray[2],
    '--kindred-bar': lagoon[5],
    '--kindred-bar-strong': lagoon[7],
    '--kindred-share': lagoon[1],
  },
  dark: {
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[3],
    '--mantine-color-text': dark[0],
    '--mantine-color-anchor': lagoon[3],
    '--mantine-color-error': '#ff8787',
    ...redFilled,
    ...lightVariant('lagoon', lagoon[5], lagoon[3]),
    ...lightVariant('gray', gray[6], dark[0]),
    '--kindred-line': dark[5],
    '--kindred-surface': '#1b1f25',
    '--kindred-rail': dark[8],
    '--kindred-hover': dark[6],
    '--kindred-active': dark[5],
    '--kindred-bar': lagoon[6],
    '--kindred-bar-strong': lagoon[4],
    '--kindred-share': lagoon[9],
  },
})
