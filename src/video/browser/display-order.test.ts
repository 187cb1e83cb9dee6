import { expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { DisplayOrder } from './display-order.ts'

const items = (timestamps: readonly number[]) => timestamps.map((timestamp) => ({ timestamp }))

function passed(timestamps: readonly number[]): number[] {
  const order = new DisplayOrder<{ readonly timestamp: number }>()
  const through = items(timestamps).flatMap((item) => order.add(item))
  return [...through, ...order.rest()].map(({ timestamp }) => timestamp)
}

/** Of a group of pictures in the order of decoding: the last one, then those before it by halves. */
function pyramid(first: number, last: number): number[] {
  if (first > last) return []
  const middle = Math.floor((first + last) / 2)
  return [middle, ...pyramid(first, middle - 1), ...pyramid(middle + 1, last)]
}

test('frames in the order of decoding come out in the order of showing', () => {
  const random = new Random('orders')
  for (let trial = 0; trial < 100; trial++) {
    const timestamps = [0]
    while (timestamps.length < 60) {
      const before = timestamps.length - 1
      const last = before + 1 + random.integer(8)
      timestamps.push(last, ...pyramid(before + 1, last - 1))
    }
    expect(passed(timestamps)).toEqual(timestamps.toSorted((a, b) => a - b))
  }
})

test('frames in the order of showing are held back by one', () => {
  const order = new DisplayOrder<{ readonly timestamp: number }>()
  const given = items([0, 1, 2, 3]).map((item) => order.add(item).map(({ timestamp }) => timestamp))
  expect(given).toEqual([[], [0], [1], [2]])
})

test('times that begin anew are not held for ever, and nothing is lost', () => {
  const again = [...Array(40).keys(), ...Array(40).keys()]
  const order = new DisplayOrder<{ readonly timestamp: number }>()
  let held = 0
  for (const item of items(again)) {
    held += 1 - order.add(item).length
    expect(held).toBeLessThanOrEqual(16)
  }
  expect(passed(again).toSorted((a, b) => a - b)).toEqual(again.toSorted((a, b) => a - b))
})
