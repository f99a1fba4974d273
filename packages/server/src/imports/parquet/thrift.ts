/** A struct of Thrift's compact protocol, which Parquet's own data is written in: values by the number of their field. */
export interface ThriftStruct {
  fields: Map<number, ThriftValue>
  /** Where its last byte is, the one that says it is over. */
  end: number
}

/** Whole numbers are exact up to 2^53. */
export type ThriftValue = boolean | number | Uint8Array | ThriftValue[] | ThriftStruct

/** Reads the struct that begins at `at`. Errors: RangeError where the bytes end before it does, or are no such struct. */
export function readStruct(bytes: Uint8Array, at = 0): ThriftStruct {
  return new Reader(bytes, at).struct()
}

const types = { true: 1, false: 2, byte: 3, i16: 4, i32: 5, i64: 6, double: 7, binary: 8, list: 9, set: 10, map: 11, struct: 12 } as const

class Reader {
  readonly #bytes: Uint8Array
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  struct(): ThriftStruct {
    const fields = new Map<number, ThriftValue>()
    for (let field = 0; ; ) {
      const head = this.#byte()
      if (head === 0) return { fields, end: this.#at - 1 }
      field = head >> 4 === 0 ? this.#number() : field + (head >> 4)
      const type = head & 15
      fields.set(field, type === types.true || type === types.false ? type === types.true : this.#value(type))
    }
  }

  #value(type: number): ThriftValue {
    switch (type) {
      case types.true:
      case types.false:
        return this.#byte() === types.true
      case types.byte:
        return this.#byte()
      case types.i16:
      case types.i32:
      case types.i64:
        return this.#number()
      case types.double:
        return this.#take(8)
      case types.binary:
        return this.#take(this.#unsigned())
      case types.list:
      case types.set:
        return this.#list()
      case types.map:
        return this.#map()
      case types.struct:
        return this.struct()
      default:
        throw new RangeError(`there is no type ${type}`)
    }
  }

  #list(): ThriftValue[] {
    const head = this.#byte()
    const length = head >> 4 === 15 ? this.#unsigned() : head >> 4
    const values: ThriftValue[] = []
    for (let index = 0; index < length; index += 1) values.push(this.#value(head & 15))
    return values
  }

  /** Keys and values in turn. */
  #map(): ThriftValue[] {
    const length = this.#unsigned()
    const values: ThriftValue[] = []
    if (length === 0) return values
    const head = this.#byte()
    for (let index = 0; index < length; index += 1) values.push(this.#value(head >> 4), this.#value(head & 15))
    return values
  }

  #byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw new RangeError('it ends too early')
    this.#at += 1
    return byte
  }

  #take(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError('it ends too early')
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  /** Seven bits a byte, the lowest first. */
  #unsigned(): number {
    let number = 0
    for (let place = 1; ; place *= 128) {
      const byte = this.#byte()
      number += (byte & 127) * place
      if (byte < 128) return number
    }
  }

  /** Signs are folded in: 0, -1, 1, -2, 2… */
  #number(): number {
    const folded = this.#unsigned()
    return folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2
  }
}

/** A field of a whole number, not negative, with its number in full: it may stand anywhere in a struct. */
export function wholeNumberField(field: number, type: 'i32' | 'i64', value: number): number[] {
  return [types[type], ...wholeNumber(field), ...wholeNumber(value)]
}

/** A field of a list of structs, each of `structs` whole. */
export function structsField(field: number, structs: readonly (readonly number[])[]): number[] {
  return [types.list, ...wholeNumber(field), 0xf0 | types.struct, ...unsigned(structs.length), ...structs.flat()]
}

/** Of its fields. */
export function structOf(...fields: readonly (readonly number[])[]): number[] {
  return [...fields.flat(), 0]
}

function wholeNumber(value: number): number[] {
  return unsigned(value * 2)
}

function unsigned(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return [...bytes, rest]
}
