import { describe, expect, test } from 'vitest'
import { randomTensor, rawFile } from '../../test/safetensors.ts'
import { UnmaskError } from '../errors.ts'
import { Random } from './random.ts'
import { decodeSafetensors, encodeSafetensors } from './safetensors.ts'
import { type DType, float32, type Tensor, tensor, zeros } from './tensor.ts'

const f32 = (shape: number[], offsets: number[]) => ({ dtype: 'F32', shape, data_offsets: offsets })

describe('round trip', () => {
  test('random tensors of every type, names and metadata', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = new Random(`round trip ${seed}`)
      const tensors = new Map<string, Tensor>()
      for (let i = random.integer(8); i > 0; i--) tensors.set(`${i}.é😀"\\\n${seed}`, randomTensor(random))
      const metadata: Record<string, string> =
        seed % 2 === 0 ? {} : { source: `seed ${seed}`, constructor: '', ключ: '"{' }
      const bytes = encodeSafetensors(tensors, metadata)
      const decoded = decodeSafetensors(bytes)
      expect(new Map([...decoded.tensors].sort())).toEqual(new Map([...tensors].sort()))
      expect(decoded.metadata).toEqual(metadata)
      expect(encodeSafetensors(decoded.tensors, decoded.metadata)).toEqual(bytes)
    }
  })

  test('NaN payloads and the sign of zero are kept', () => {
    const bits = Uint32Array.of(0x7f800001, 0xffc01234, 0x80000000)
    const nan = tensor('float32', [3], new Float32Array(bits.buffer))
    const decoded = decodeSafetensors(encodeSafetensors([['nan', nan]])).tensors.get('nan')!
    expect(new Uint32Array(decoded.data.buffer)).toEqual(bits)
  })

  test('every tensor starts at a multiple of its element size, even after odd ones', () => {
    const tensors = (['bool', 'uint8', 'float16', 'int64', 'float32'] as DType[]).map(
      (dtype) => [dtype, zeros(dtype, [3])] as const,
    )
    const bytes = encodeSafetensors(tensors)
    const headLength = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    expect(headLength % 8).toBe(0)
    expect([...decodeSafetensors(bytes).tensors.keys()]).toEqual(['int64', 'float32', 'float16', 'bool', 'uint8'])
  })

  test('the bytes are those that the specification asks for', () => {
    const header =
      '{"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[],"data_offsets":[8,12]}}'
    const expected = rawFile(
      header.padEnd(Math.ceil(header.length / 8) * 8),
      [0, 0, 0, 0, 0, 0, 128, 63, 0, 0, 192, 63],
    )
    const bytes = encodeSafetensors(
      new Map([
        ['b', float32([2], [0, 1])],
        ['a', float32([], [1.5])],
      ]),
    )
    expect(bytes).toEqual(expected)
  })
})

describe('files of others', () => {
  test('unaligned tensors, a view into a larger buffer, unknown extra fields', () => {
    const header = { u: { dtype: 'U8', shape: [1], data_offsets: [0, 1], note: 1 }, f: f32([1], [1, 5]) }
    const bytes = rawFile(JSON.stringify(header), [7, 0, 0, 128, 63])
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    const { tensors } = decodeSafetensors(shifted.subarray(3))
    expect(tensors.get('f')).toEqual(float32([1], [1]))
    shifted.fill(0)
    expect(tensors.get('u')!.data).toEqual(Uint8Array.of(7)) // a copy
  })

  test('a Node Buffer from the pool', () => {
    const bytes = Buffer.from(encodeSafetensors([['x', float32([2], [1, 2])]]))
    expect(decodeSafetensors(bytes).tensors.get('x')).toEqual(float32([2], [1, 2]))
  })

  test('no tensors at all', () => {
    expect(decodeSafetensors(rawFile('{}', [])).tensors.size).toBe(0)
  })
})

describe('what is wrong is said with its place', () => {
  const eight = new Array<number>(8).fill(0)
  const header = (value: unknown) => rawFile(JSON.stringify(value), eight)
  const claims = (length: bigint) => {
    const bytes = header({})
    new DataView(bytes.buffer).setBigUint64(0, length, true)
    return bytes
  }
  test.each<[string, Uint8Array, RegExp]>([
    ['empty file', new Uint8Array(0), /only 0 bytes/],
    ['half a length', new Uint8Array(7), /only 7 bytes/],
    ['header beyond the file', claims(11n), /header claims 11 bytes, but the file has only 10/],
    ['header beyond the bound', claims(100_000_001n), /claims 100000001 bytes, more than/],
    ['header of 2^64 - 1', claims(2n ** 64n - 1n), /more than the format's/],
    ['header of no bytes', claims(0n), /does not begin with \{/],
    ['not an object', rawFile('[]', eight), /does not begin with \{/],
    ['leading space', rawFile(' {}', eight), /does not begin with \{/],
    ['invalid JSON', rawFile('{"a":}', eight), /bytes 8 to 14\) is not valid/],
    ['unfinished string', rawFile('{"a', eight), /does not end/],
    ['invalid UTF-8', rawFile(Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d), eight), /not UTF-8/],
    ['deep nesting', rawFile(`{"a":${'['.repeat(100_000)}`, eight), /nested deeper than 3/],
    ['duplicate tensor', rawFile('{"a":{},"\\u0061":{}}', eight), /"a" is given twice/],
    ['duplicate field', rawFile('{"a":{"dtype":"F32", "dtype" : "F32"}}', eight), /"dtype" is given twice/],
    ['__proto__', rawFile('{"__proto__":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}', eight), /__proto__/],
    ['lone surrogate', rawFile('{"\\ud800":{}}', eight), /not well-formed/],
    ['metadata not an object', header({ __metadata__: 'x' }), /__metadata__/],
    ['metadata not strings', header({ __metadata__: { a: 1 } }), /__metadata__/],
    ['entry not an object', header({ a: null }), /tensor "a": its description/],
    ['unknown dtype', header({ a: { ...f32([2], [0, 8]), dtype: 'F8_E4M3' } }), /tensor "a": dtype "F8_E4M3"/],
    ['dtype of Object.prototype', header({ a: { ...f32([2], [0, 8]), dtype: 'constructor' } }), /"constructor"/],
    ['missing shape', header({ a: { dtype: 'F32', data_offsets: [0, 8] } }), /shape missing/],
    ['negative size', header({ a: f32([-1, -2], [0, 8]) }), /shape \[-1,-2\]/],
    ['fractional size', header({ a: f32([0.5, 4], [0, 8]) }), /shape \[0.5,4\]/],
    ['NaN', rawFile('{"a":{"dtype":"F32","shape":[NaN],"data_offsets":[0,8]}}', eight), /not valid/],
    ['infinite', rawFile('{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,8]}}', eight), /shape/],
    ['text as size', header({ a: { ...f32([], [0, 8]), shape: ['2'] } }), /shape \["2"\]/],
    ['huge size', header({ a: f32([2 ** 52, 2 ** 52], [0, 8]) }), /takes NaN bytes|bytes 8/],
    ['huge size times zero', header({ a: f32([2 ** 52, 2 ** 52, 0], [0, 0]), b: f32([2], [0, 8]) }), /tensor "a"/],
    ['size and range differ', header({ a: f32([3], [0, 8]) }), /F32 \[3\] takes 12 bytes, but bytes \d+ to \d+ are 8/],
    ['negative offset', header({ a: f32([2], [-8, 0]) }), /data_offsets \[-8,0\]/],
    ['three offsets', header({ a: f32([2], [0, 4, 8]) }), /data_offsets/],
    ['backward', header({ a: f32([2], [8, 0]) }), /ends \(byte \d+\) before it starts/],
    ['beyond the end', header({ a: f32([4], [0, 16]) }), /cut short\?/],
    [
      'overlap',
      header({ a: f32([2], [0, 8]), b: f32([1], [4, 8]) }),
      /tensor "b" \(bytes \d+ to \d+\) overlaps tensor "a"/,
    ],
    ['same bytes twice', header({ a: f32([2], [0, 8]), b: f32([2], [0, 8]) }), /tensor "b" .* overlaps tensor "a"/],
    ['gap before', header({ a: f32([1], [4, 8]) }), /bytes \d+ to \d+, after the header, belong to no tensor/],
    ['gap after', header({ a: f32([1], [0, 4]) }), /after tensor "a", belong to no tensor/],
    [
      'bool of 2',
      rawFile('{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}', [1, 2]),
      /byte 64 is 2, not a bool/,
    ],
  ])('%s', (_, bytes, message) => {
    const error = thrown(() => decodeSafetensors(bytes, 'some.safetensors'))
    expect(error).toMatchObject({ code: 'safetensors-format', message: expect.stringMatching(message) })
    expect(error.message).toMatch(/^some\.safetensors: /)
  })
})

describe('what cannot be stored is refused', () => {
  const scalar = float32([], [1])
  test.each<[string, () => unknown, string]>([
    ['reserved name', () => encodeSafetensors([['__metadata__', scalar]]), 'tensor-name'],
    ['__proto__', () => encodeSafetensors([['__proto__', scalar]]), 'tensor-name'],
    ['lone surrogate', () => encodeSafetensors([['\ud800', scalar]]), 'tensor-name'],
    [
      'same name',
      () =>
        encodeSafetensors([
          ['a', scalar],
          ['a', scalar],
        ]),
      'tensor-name',
    ],
    ['metadata', () => encodeSafetensors([], { a: 1 as unknown as string }), 'tensor-name'],
    ['wrong data', () => encodeSafetensors([['a', { ...scalar, shape: [2] }]]), 'tensor-shape'],
    ['wrong shape', () => encodeSafetensors([['a', { ...scalar, shape: [-1] }]]), 'tensor-shape'],
  ])('%s', (_, use, code) => {
    expect(thrown(use)).toMatchObject({ code })
  })
})

function thrown(use: () => unknown): UnmaskError {
  try {
    use()
  } catch (error) {
    expect(error).toBeInstanceOf(UnmaskError)
    return error as UnmaskError
  }
  throw new Error('nothing was thrown')
}
