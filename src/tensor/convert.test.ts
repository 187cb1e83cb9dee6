import { describe, expect, test } from 'vitest'
import { toBfloat16, toFloat16, toFloat32 } from './convert.ts'
import { decodeBfloat16, decodeFloat16, encodeBfloat16, encodeFloat16 } from './half.ts'
import { Random } from './random.ts'
import { float32, tensor } from './tensor.ts'

const patterns = Uint16Array.from({ length: 65_536 }, (_, i) => i)

/** What a float16 pattern means, straight from the definition. */
function float16Meaning(bits: number): number {
  const sign = bits >>> 15 ? -1 : 1
  const exponent = (bits >>> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

describe.each([
  { name: 'float16', decode: decodeFloat16, encode: encodeFloat16, finite: 0x7c00, above: 2 ** 16 },
  { name: 'bfloat16', decode: decodeBfloat16, encode: encodeBfloat16, finite: 0x7f80, above: 2 ** 128 },
])('$name', ({ decode, encode, finite, above }) => {
  test('all 65,536 patterns come back, NaN payloads included', () => {
    expect(encode(decode(patterns))).toEqual(patterns)
  })

  test('rounds to the nearest, ties to even, also at the bounds and among subnormals', () => {
    // All positive finite values in order; the one above the largest rounds to infinity.
    const grid = [...decode(patterns.subarray(0, finite)), above]
    const probes: number[] = []
    const expected: number[] = []
    for (let i = 0; i < finite; i++) {
      const [low, high] = [grid[i]!, grid[i + 1]!]
      const middle = low / 2 + high / 2
      for (const value of [low, low + (middle - low) / 2, middle, middle + (high - middle) / 2]) {
        const exact = Math.fround(value)
        if (exact !== value) continue // below float32's own resolution
        probes.push(value, -value)
        const nearest = value < middle || (value === middle && i % 2 === 0) ? i : i + 1
        expected.push(nearest, nearest | 0x8000)
      }
    }
    expect(probes.length).toBeGreaterThan(6 * finite)
    expect(encode(Float32Array.from(probes))).toEqual(Uint16Array.from(expected))
  })

  test('infinity, NaN, zero', () => {
    const result = encode(Float32Array.of(Infinity, -Infinity, 0, -0))
    expect([...result]).toEqual([finite, finite | 0x8000, 0, 0x8000])
    const quietAndFaint = new Float32Array(Uint32Array.of(0x7fc00000, 0x7f800001, 0xff800001).buffer)
    const [quiet, faint, negative] = decode(encode(quietAndFaint))
    expect([quiet, faint, negative]).toEqual([Number.NaN, Number.NaN, Number.NaN])
  })
})

test('float16 patterns mean what IEEE 754 says', () => {
  expect([...decodeFloat16(patterns)]).toEqual([...patterns].map(float16Meaning))
})

test('bfloat16 is the upper half of a float32', () => {
  const values = new Random('bfloat16').normalTensor([1000]).data
  const error = decodeBfloat16(encodeBfloat16(values)).map((value, i) => Math.abs(value / values[i]! - 1))
  expect(Math.max(...error)).toBeLessThanOrEqual(2 ** -8)
})

test('toFloat32 of every type', () => {
  const source = float32([2, 2], [1, -2, 0.5, 0])
  expect(toFloat32(source)).toBe(source)
  expect(toFloat32(toFloat16(source))).toEqual(source)
  expect(toFloat32(toBfloat16(source))).toEqual(source)
  expect([...toFloat32(tensor('float64', [2], Float64Array.of(0.1, 1e300))).data]).toEqual([Math.fround(0.1), Infinity])
  expect([...toFloat32(tensor('int32', [1], Int32Array.of(-7))).data]).toEqual([-7])
  expect([...toFloat32(tensor('int64', [1], BigInt64Array.of(-9n))).data]).toEqual([-9])
  expect([...toFloat32(tensor('uint8', [1], Uint8Array.of(255))).data]).toEqual([255])
  expect([...toFloat32(tensor('bool', [2], Uint8Array.of(1, 0))).data]).toEqual([1, 0])
})
