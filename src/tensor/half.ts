/**
 * float16 (IEEE 754 binary16: 5 exponent bits, 10 of fraction) and bfloat16 (the upper half of a float32) to and from
 * float32. All on bit patterns, so that NaN payloads and the sign of zero survive.
 */

import type { DataOf } from './tensor.ts'

/** The float32 values of raw float16 bits; exact. */
export function decodeFloat16(bits: Uint16Array): DataOf<'float32'> {
  const result = new Float32Array(bits.length)
  const out = new Uint32Array(result.buffer)
  for (let i = 0; i < bits.length; i++) out[i] = widenFloat16(bits[i]!)
  return result
}

/** Raw float16 bits of float32 values, rounded to the nearest, ties to even. */
export function encodeFloat16(values: Float32Array): DataOf<'float16'> {
  const source = bitsOf(values)
  return Uint16Array.from(source, narrowToFloat16)
}

/** The float32 values of raw bfloat16 bits; exact. */
export function decodeBfloat16(bits: Uint16Array): DataOf<'float32'> {
  const result = new Float32Array(bits.length)
  const out = new Uint32Array(result.buffer)
  for (let i = 0; i < bits.length; i++) out[i] = bits[i]! << 16
  return result
}

/** Raw bfloat16 bits of float32 values, rounded to the nearest, ties to even. */
export function encodeBfloat16(values: Float32Array): DataOf<'float16'> {
  return Uint16Array.from(bitsOf(values), narrowToBfloat16)
}

function bitsOf(values: Float32Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length)
}

function widenFloat16(half: number): number {
  const sign = (half & 0x8000) << 16
  const exponent = (half >>> 10) & 0x1f
  const fraction = half & 0x3ff
  if (exponent === 0x1f) return sign | 0x7f800000 | (fraction << 13) // infinity, NaN
  if (exponent !== 0) return sign | ((exponent + 112) << 23) | (fraction << 13)
  if (fraction === 0) return sign
  // Subnormal: fraction * 2^-24, normal in float32 once its leading bit is shifted out.
  const shift = Math.clz32(fraction) - 21
  return sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)
}

function narrowToFloat16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000
  const size = bits & 0x7fffffff
  if (size > 0x7f800000) {
    const payload = (size >>> 13) & 0x3ff
    return sign | 0x7c00 | (payload === 0 ? 0x200 : payload) // an empty payload would read as infinity
  }
  if (size >= 0x477ff000) return sign | 0x7c00 // from 65,520 on the nearest is infinite
  // The carry of a rounded-up fraction goes into the exponent, which is the right result.
  if (size >= 0x38800000) return sign | (roundShift(size, 13) - (112 << 10))
  if (size < 0x33000000) return sign // below 2^-25, half of the least subnormal
  const exponent = size >>> 23
  return sign | roundShift((size & 0x7fffff) | 0x800000, 126 - exponent)
}

function narrowToBfloat16(bits: number): number {
  const isNumber = (bits & 0x7fffffff) <= 0x7f800000
  if (isNumber) return roundShift(bits >>> 0, 16)
  const upper = bits >>> 16
  return (upper & 0x7f) === 0 ? upper | 0x40 : upper
}

/** `value / 2^shift` to the nearest whole number, ties to even. */
function roundShift(value: number, shift: number): number {
  const kept = value >>> shift
  const rest = value - kept * 2 ** shift
  const half = 2 ** (shift - 1)
  return rest > half || (rest === half && (kept & 1) === 1) ? kept + 1 : kept
}
