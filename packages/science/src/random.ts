/** A source of random numbers. The functions of `distributions.ts` draw from it. */
export interface Random {
  /** An integer, uniform on [0, 2^32). */
  uint32(): number
  /** A number, uniform on [0, 1), in steps of 2^-32. */
  next(): number
}

/** The generator's 128 bits as four 32-bit words, not all zero. */
export type RandomState = readonly [number, number, number, number]

/** xoshiro128** 1.1 of Blackman and Vigna (https://prng.di.unimi.it/xoshiro128starstar.c): period 2^128 − 1. Not for secrets. */
export function xoshiro128(state: RandomState): Random {
  let [a, b, c, d] = state
  const uint32 = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotateLeft(d, 11)
    return result
  }
  return { uint32, next: () => uint32() / 2 ** 32 }
}

/**
 * A source that gives the same numbers for the same seed, everywhere. Different texts give unrelated sources, so a simulation
 * can give each of its people a source of their own: `seededRandom('shop/person/17')`.
 */
export function seededRandom(seed: string): Random {
  const word = splitmix32(fnv1a(seed))
  return xoshiro128([word(), word(), word(), word()])
}

function rotateLeft(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

/** FNV-1a over the text's UTF-16 code units, 32 bits. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** SplitMix with 32-bit words (the finalizer of MurmurHash3), which the authors of xoshiro advise for filling its state. */
function splitmix32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x9e3779b9) | 0
    let word = state
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35)
    return (word ^ (word >>> 16)) >>> 0
  }
}
