import { expect, test } from 'vitest'
import { randomTensor, rawFile } from '../../test/safetensors.ts'
import { UnmaskError } from '../errors.ts'
import { Random } from './random.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'
import { sizeOf } from './tensor.ts'

type Mutation = (bytes: Uint8Array<ArrayBuffer>, random: Random) => Uint8Array<ArrayBuffer>

const words = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '"',
  '-1',
  '0',
  '1e999',
  '9007199254740993',
  'null',
  '{}',
  '"F32"',
  '"BOOL"',
]
words.push('"__proto__":', '"__metadata__":', '"shape":', '"data_offsets":[0,4]', '\\u0000', ' ', '-0', 'NaN')

function headerOf(bytes: Uint8Array): string {
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
  return new TextDecoder().decode(bytes.subarray(8, 8 + length))
}

/** Puts another header before the same data, its length set right, so that the fault lies deeper. */
function withHeader(bytes: Uint8Array<ArrayBuffer>, edit: (header: string) => string): Uint8Array<ArrayBuffer> {
  const header = headerOf(bytes)
  return rawFile(edit(header), bytes.subarray(8 + new TextEncoder().encode(header).length))
}

const mutations: Readonly<Record<string, Mutation>> = {
  'flipped bits': (bytes, random) => {
    for (let i = 1 + random.integer(4); i > 0; i--) bytes[random.integer(bytes.length)]! ^= 1 << random.integer(8)
    return bytes
  },
  'flipped bits in the header': (bytes, random) => {
    const length = headerOf(bytes).length
    for (let i = 1 + random.integer(2); i > 0; i--) bytes[8 + random.integer(length)]! ^= 1 << random.integer(7)
    return bytes
  },
  'cut short': (bytes, random) => bytes.slice(0, random.integer(bytes.length)),
  'something appended': (bytes, random) =>
    rawFile(headerOf(bytes), [...bytes.subarray(8), ...new Array(1 + random.integer(9))]),
  'another length': (bytes, random) => {
    const length = BigInt(random.integer(2 ** [4, 8, 16, 32, 53][random.integer(5)]!)) << BigInt(random.integer(12))
    new DataView(bytes.buffer).setBigUint64(0, length, true)
    return bytes
  },
  'another number': (bytes, random) =>
    withHeader(bytes, (header) => {
      const numbers = [...header.matchAll(/\d+/g)]
      const at = numbers[random.integer(Math.max(1, numbers.length))]
      if (at === undefined) return header
      const value = [`${random.integer(40)}`, `${random.integer(2 ** 53)}`, '-4', '1.5', '1e9'][random.integer(5)]!
      return header.slice(0, at.index) + value + header.slice(at.index + at[0].length)
    }),
  'a word put in': (bytes, random) =>
    withHeader(bytes, (header) => {
      const at = random.integer(header.length + 1)
      return header.slice(0, at) + words[random.integer(words.length)] + header.slice(at)
    }),
  'a part of the header left out or doubled': (bytes, random) =>
    withHeader(bytes, (header) => {
      const [from, to] = [random.integer(header.length), random.integer(header.length)]
      return header.slice(0, from) + header.slice(to)
    }),
}

test.each(Object.entries(mutations))('%s: decoded consistently or refused by name', (name, mutate) => {
  const codes = new Set<string>()
  for (let round = 0; round < 1000; round++) {
    const random = new Random(name).fork(round)
    const tensors = Array.from(
      { length: 1 + random.integer(4) },
      (_, i) => [`layer.${i}`, randomTensor(random)] as const,
    )
    const bytes = mutate(encodeSafetensors(tensors, { note: 'x' }), random)
    try {
      const decoded = decodeSafetensors(bytes)
      let total = 0
      for (const { data, shape } of decoded.tensors.values()) {
        expect(data.length).toBe(sizeOf(shape))
        total += data.byteLength
      }
      expect(total).toBeLessThan(bytes.length)
      // What was accepted means the same when written again.
      const again = decodeSafetensors(encodeSafetensors(decoded.tensors, decoded.metadata))
      expect(encodeSafetensors(again.tensors, again.metadata)).toEqual(
        encodeSafetensors(decoded.tensors, decoded.metadata),
      )
      codes.add('decoded')
    } catch (error) {
      if (!(error instanceof UnmaskError)) throw error
      codes.add(error.code)
    }
  }
  expect([...codes].filter((code) => code !== 'decoded')).toEqual(['safetensors-format'])
})
