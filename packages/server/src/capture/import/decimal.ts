/** An exact decimal number: `digits` / 10^`scale`. */
export interface Decimal {
  digits: bigint
  scale: number
}

const largestExponent = 30

/** `text` is a number as `numberText` answers it. null where the exponent is beyond 10^30. */
export function readDecimal(text: string): Decimal | null {
  const [mantissa = '', exponentText] = text.split(/e/i, 2) as [string, string?]
  const exponent = Number(exponentText ?? 0)
  if (Math.abs(exponent) > largestExponent) return null
  const point = mantissa.indexOf('.')
  const digits = BigInt(point < 0 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1))
  const scale = (point < 0 ? 0 : mantissa.length - point - 1) - exponent
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 }
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale }
}

export function add(a: Decimal, b: Decimal): Decimal {
  if (a.scale === b.scale) return { digits: a.digits + b.digits, scale: a.scale }
  return a.scale < b.scale ? { digits: a.digits * 10n ** BigInt(b.scale - a.scale) + b.digits, scale: b.scale } : add(b, a)
}

/** The number nearest to the decimal rounded to `decimals` places, half away from zero. */
export function roundedNumber({ digits, scale }: Decimal, decimals: number): number {
  const rounded = scale <= decimals ? digits : roundedQuotient(digits, 10n ** BigInt(scale - decimals))
  return Number(decimalText(rounded, Math.min(scale, decimals)))
}

function roundedQuotient(value: bigint, divisor: bigint): bigint {
  const half = divisor / 2n
  return (value >= 0n ? value + half : value - half) / divisor
}

function decimalText(digits: bigint, scale: number): string {
  const padded = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0')
  const whole = padded.slice(0, padded.length - scale)
  return `${digits < 0n ? '-' : ''}${whole}${scale === 0 ? '' : `.${padded.slice(-scale)}`}`
}
