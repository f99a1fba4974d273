import { useComputedColorScheme } from '@mantine/core'
import type { Scheme } from '../chart/palette.ts'

export const useScheme = (): Scheme => useComputedColorScheme('light', { getInitialValueInEffect: false })
