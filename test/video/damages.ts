import type { Random } from '../../src/tensor/random.ts'
import type { Bytes } from './seeds.ts'

/** @param other another file, of which pieces may be taken @returns a damaged copy, or `bytes` itself changed */
export type Damage = (bytes: Bytes, random: Random, other: Bytes) => Bytes

/** Where most formats say what is in the file: MPEG-4 often has it at the end. */
const headerBytes = 700

/** Numbers that programs get wrong, by their bits. */
const extremes = [0, 1, 2, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 100_000, 2 ** 24]

/** Ways in which files are damaged. */
export const damages: Readonly<Record<string, Damage>> = {
  'one bit': (bytes, random) => flip(bytes, random, 1, 0, bytes.length),
  'some bits': (bytes, random) => flip(bytes, random, 8, 0, bytes.length),
  'many bits': (bytes, random) => flip(bytes, random, Math.ceil(bytes.length / 50), 0, bytes.length),
  'bits of the first bytes': (bytes, random) => flip(bytes, random, 1 + random.integer(3), 0, headerBytes),
  'bits of the last bytes': (bytes, random) =>
    flip(bytes, random, 1 + random.integer(3), bytes.length - 2 * headerBytes, bytes.length),
  'bits amid': (bytes, random) => flip(bytes, random, 6, bytes.length / 3, (2 * bytes.length) / 3),
  'a number in the header': (bytes, random) => {
    const [start, end] = random.bernoulli(0.5) ? [0, headerBytes] : [bytes.length - 2 * headerBytes, bytes.length]
    number(bytes, random, start, end)
    return bytes
  },
  'numbers anywhere': (bytes, random) => {
    for (let n = 0; n < 4; n++) number(bytes, random, 0, bytes.length)
    return bytes
  },
  'cut off': (bytes, random) => bytes.slice(0, random.integer(bytes.length)),
  'a little cut off': (bytes, random) => bytes.slice(0, bytes.length - 1 - random.integer(200)),
  'cut off at the front': (bytes, random) => bytes.slice(random.integer(bytes.length)),
  'blocks swapped': (bytes, random) => {
    const size = 1 + random.integer(Math.max(1, bytes.length >> 2))
    const [one, two] = [random.integer(bytes.length - size + 1), random.integer(bytes.length - size + 1)]
    const kept = bytes.slice(one, one + size)
    bytes.copyWithin(one, two, two + size)
    bytes.set(kept, two)
    return bytes
  },
  'bytes put in': (bytes, random) => {
    const at = random.integer(bytes.length)
    const nonsense = Uint8Array.from({ length: 1 + random.integer(40) }, () => random.integer(256))
    return joined(bytes.subarray(0, at), nonsense, bytes.subarray(at))
  },
  'bytes left out': (bytes, random) => {
    const at = random.integer(bytes.length)
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + random.integer(200)))
  },
  'a part twice': (bytes, random) => {
    const [from, to] = [random.integer(bytes.length), random.integer(bytes.length)]
    return joined(bytes.subarray(0, Math.max(from, to)), bytes.subarray(Math.min(from, to)))
  },
  zeros: (bytes, random) => {
    const from = random.integer(bytes.length)
    return bytes.fill(0, from, from + 1 + random.integer(1000))
  },
  ones: (bytes, random) => {
    const from = random.integer(bytes.length)
    return bytes.fill(255, from, from + 1 + random.integer(1000))
  },
  'a part of another file': (bytes, random, other) => {
    const size = 1 + random.integer(Math.min(bytes.length, other.length, 2000))
    const from = random.integer(other.length - size + 1)
    bytes.set(other.subarray(from, from + size), random.integer(bytes.length - size + 1))
    return bytes
  },
  'another file behind it': (bytes, random, other) =>
    joined(bytes.subarray(0, bytes.length - random.integer(bytes.length)), other),
}

function flip(bytes: Bytes, random: Random, bits: number, from: number, to: number): Bytes {
  const start = Math.max(0, Math.floor(from))
  const count = Math.max(1, Math.min(Math.floor(to), bytes.length) - start)
  for (let n = 0; n < bits; n++) bytes[start + random.integer(count)]! ^= 1 << random.integer(8)
  return bytes
}

/** Writes one of the extreme numbers in 1, 2, 4 or 8 bytes of either order. */
function number(bytes: Bytes, random: Random, from: number, to: number): void {
  const width = [1, 2, 4, 8][random.integer(4)]!
  const start = Math.max(0, from)
  const at = start + random.integer(Math.max(1, Math.min(to, bytes.length) - start - width))
  const value = BigInt(extremes[random.integer(extremes.length)]!)
  const little = random.bernoulli(0.5)
  for (let n = 0; n < width && at + n < bytes.length; n++) {
    bytes[at + n] = Number((value >> BigInt(8 * (little ? n : width - 1 - n))) & 255n)
  }
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts))
}
