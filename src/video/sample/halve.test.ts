import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { halve } from './halve.ts'

/** Means of 2 x 2 samples, halves to the even one. */
function mean(values: readonly number[]): number {
  const exact = values.reduce((sum, value) => sum + value, 0) / 4
  const below = Math.floor(exact)
  return exact - below === 0.5 ? below + (below % 2) : Math.round(exact)
}

test('any part of any plane, by words and by samples alike', () => {
  const random = new Random('halve')
  let byWords = 0
  for (let round = 0; round < 400; round++) {
    const [width, height] = [1 + random.integer(30), 1 + random.integer(20)]
    const stride = random.bernoulli(0.5) ? 4 * Math.ceil(width / 4) : width
    const offset = random.bernoulli(0.5) ? 0 : random.integer(6)
    const begin = random.bernoulli(0.5) ? 0 : random.integer(6)
    const data = new Uint8Array(begin + offset + stride * height + 8).map(() => random.integer(256)).subarray(begin)
    const [columns, rows] = [Math.ceil(width / 2), Math.ceil(height / 2)]
    const [left, top] = [random.integer(columns), random.integer(rows)]
    const part = {
      left,
      right: left + 1 + random.integer(columns - left),
      top,
      bottom: top + 1 + random.integer(rows - top),
    }
    if (stride % 4 === 0 && (begin + offset) % 4 === 0 && left % 2 === 0 && part.right % 2 === 0) byWords++
    const into = new Uint8Array((part.right - left) * (part.bottom - top))
    const halved = halve({ data, offset, stride }, { width, height }, part, into)
    for (let y = top; y < part.bottom; y++) {
      for (let x = left; x < part.right; x++) {
        const [right, below] = [Math.min(2 * x + 1, width - 1), Math.min(2 * y + 1, height - 1)]
        const at = (column: number, row: number) => data[offset + row * stride + column]!
        const wanted = mean([at(2 * x, 2 * y), at(right, 2 * y), at(2 * x, below), at(right, below)])
        expect(halved.data[halved.offset + y * halved.stride + x]).toBe(wanted)
      }
    }
  }
  expect(byWords).toBeGreaterThan(20)
})

test('can halve in place', () => {
  const data = Uint8Array.from({ length: 64 }, (_, i) => i)
  const part = { left: 0, right: 4, top: 0, bottom: 4 }
  const wanted = halve({ data, offset: 0, stride: 8 }, { width: 8, height: 8 }, part, new Uint8Array(16)).data
  expect(halve({ data, offset: 0, stride: 8 }, { width: 8, height: 8 }, part, data).data.subarray(0, 16)).toEqual(
    wanted,
  )
})
