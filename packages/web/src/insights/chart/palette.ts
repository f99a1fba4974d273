/**
 * One palette for every chart: Okabe and Ito's colours, which stay apart for every kind of colour blindness, lightened or
 * darkened so that each has at least 3:1 against the page. Rows beyond the eighth repeat a colour with another mark.
 */
const light = ['#0072b2', '#c05600', '#00815f', '#b2568c', '#7a6a00', '#3a86c8', '#8b3a3a', '#5b5b8c']
const dark = ['#56b4e9', '#f0a04b', '#2fc79a', '#e29ac4', '#e5d352', '#8fb8ff', '#f28c82', '#b9b9e3']

const marks = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const

export type Scheme = 'light' | 'dark'

export const colourOf = (place: number, scheme: Scheme): string => (scheme === 'dark' ? dark : light)[place % light.length] ?? light[0] ?? ''
export const markOf = (place: number): (typeof marks)[number] => marks[(place + Math.floor(place / light.length)) % marks.length] ?? 'circle'

/** The inks a chart draws with besides the rows' colours. */
export interface Inks {
  text: string
  faint: string
  page: string
  /** From little to much: one hue, rising evenly in lightness, so it reads in grey too. */
  scale: readonly string[]
  none: string
}

export const inksOf = (scheme: Scheme): Inks =>
  scheme === 'dark'
    ? { text: '#c9cdd4', faint: '#3a3f47', page: '#1b1f25', scale: ['#123a52', '#1c5f86', '#2f8abf', '#6bb7e3', '#c4e4f7'], none: '#2b2e33' }
    : { text: '#495057', faint: '#dee2e6', page: '#ffffff', scale: ['#d3e8f5', '#9ccbe8', '#5aa6d3', '#1f7ab3', '#0b4a75'], none: '#eceef0' }
