import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { Axis } from './axis.ts'

const source = [0, 10, 250, 40, 90, 200, 130, 77, 3, 255, 180, 66, 21, 140, 99, 230]

function resampled(start: number, length: number, count: number): number[] {
  const { first, taps, weights, room } = new Axis().prepare(start, length / count, count, source.length)
  return Array.from({ length: count }, (_, i) => {
    let sum = 0
    for (let k = 0; k < taps[i]!; k++) sum += weights[i * room + k]! * source[first[i]! + k]!
    return sum
  })
}

// Pillow 12.3: Image.new('F', (16, 1)) of these numbers, .resize((n, 1), Image.BILINEAR, box=...). Where its filter would
// reach beyond the ends it leaves samples out, while here the last one repeats; such results are not compared.
describe('is the filter of PIL', () => {
  test.each([
    [0, 16, [127.0098, 111.4216, 116.7941], 1],
    [0, 16, [118.5714, 113.5349, 140.9535, 88.6905], 1],
    [0, 16, [145.3333, 83.2653, 149.7674, 130.9216, 40.0, 187.4118, 131.3721, 49.9388, 116.5778], 1],
    [2.3, 10.8, [119.0625, 133.75, 118.75, 87.4242, 176.2727, 60.0312], 0],
  ])('%d and on, %d samples', (start, length, wanted, from) => {
    const found = resampled(start, length, wanted.length + 2 * from).slice(from, from + wanted.length)
    for (const [i, value] of wanted.entries()) expect(Math.abs(found[i]! - value)).toBeLessThan(0.01)
  })

  test('also where it enlarges: linear interpolation, ends and all', () => {
    const wanted = [0.0, 5.0, 50.0, 210.0, 145.0, 48.3333, 81.6667, 145.0, 188.3333, 141.6667, 103.5, 64.6667]
    const found = resampled(0, 16, 24)
    for (const [i, value] of wanted.entries()) expect(Math.abs(found[i]! - value)).toBeLessThan(0.01)
    expect(found[23]).toBeCloseTo(230, 2)
  })
})

test('weights are whole 65536ths that sum to 1, none below 0, all within the plane', () => {
  const random = new Random('axis')
  const axis = new Axis()
  for (let round = 0; round < 300; round++) {
    const size = 1 + random.integer(50)
    const count = 1 + random.integer(40)
    const scale = 2 ** (random.uniform() * 14 - 5)
    axis.prepare(random.uniform() * 200 - 100, scale, count, size)
    const { first, taps, weights, room, low, high } = axis
    for (let i = 0; i < count; i++) {
      expect(first[i]).toBeGreaterThanOrEqual(low)
      expect(first[i]! + taps[i]!).toBeLessThanOrEqual(high)
      const own = [...weights.subarray(i * room, (i + 1) * room)]
      expect(own.reduce((sum, weight) => sum + weight, 0)).toBe(1)
      for (const weight of own) expect(weight >= 0 && Number.isInteger(weight * 65536)).toBe(true)
      expect(own.slice(taps[i]!).every((weight) => weight === 0)).toBe(true)
    }
    expect(low).toBeGreaterThanOrEqual(0)
    expect(high).toBeLessThanOrEqual(size)
    expect([2, 4].includes(room) || room % 8 === 0).toBe(true)
  }
})

test('whole samples at their own size are themselves', () => {
  expect(resampled(3, 9, 9)).toEqual(source.slice(3, 12))
})

test('preparing the same again, or another size between, changes nothing', () => {
  const axis = new Axis()
  const weights = () => [...axis.weights.subarray(0, axis.count * axis.room)]
  axis.prepare(0.3, 1.7, 20, 50)
  const before = weights()
  axis.prepare(0, 30, 4, 50)
  axis.prepare(0, 0.4, 30, 50)
  axis.prepare(0.3, 1.7, 20, 50)
  axis.prepare(0.3, 1.7, 20, 50)
  expect(weights()).toEqual(before)
})
