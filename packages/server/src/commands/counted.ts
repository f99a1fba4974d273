/** `1 file`, `2,000 files`. */
export const counted = (value: number, what: string): string => `${value.toLocaleString('en')} ${what}${value === 1 ? '' : 's'}`
