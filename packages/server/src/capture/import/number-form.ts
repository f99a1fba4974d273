import { type NumberForm, numberReader } from './read-cell.ts'

const forms: readonly NumberForm[] = [{ decimal: '.' }, { decimal: ',' }, { decimal: ',', thousands: '.' }, { decimal: '.', thousands: ',' }]
/** `1,234` and `1.234`: thousands or decimals, nobody knows. */
const eitherWay = /^[+-]?\d{1,3}[.,]\d{3}$/

/**
 * How a file writes its numbers: the form that reads the most of its columns of numbers as a whole. A column that can be read in two ways has no say.
 */
export function guessNumberForm(columns: readonly (readonly string[])[]): NumberForm {
  const telling = columns.map((cells) => cells.map((cell) => cell.trim()).filter((cell) => cell !== '')).filter(isTelling)
  const scores = forms.map((form) => {
    const read = numberReader(form)
    return { form, columns: telling.filter((cells) => cells.every((cell) => read(cell) !== null)).length }
  })
  return scores.reduce((best, next) => (next.columns > best.columns ? next : best)).form
}

/** Numbers with a sign in them, of which at least one settles what it means. */
function isTelling(cells: readonly string[]): boolean {
  return cells.some((cell) => /[.,]/.test(cell) && !eitherWay.test(cell)) && cells.every((cell) => /^[+-]?[\d.,]+$/.test(cell))
}
