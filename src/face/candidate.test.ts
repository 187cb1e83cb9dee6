import { describe, expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { zeros } from '../tensor/tensor.ts'
import { anchors, inputSize } from './anchors.ts'
import { candidatesOf } from './candidate.ts'

describe('anchors', () => {
  test('are as many as the network has outputs, and lie evenly in its input', () => {
    expect(anchors.map((layer) => layer.length)).toEqual([512, 384])
    for (const layer of anchors) {
      for (const axis of [0, 1] as const) {
        const places = layer.map((anchor) => anchor[axis])
        expect(places.reduce((sum, place) => sum + place, 0) / places.length).toBe(inputSize / 2)
        expect(Math.min(...places)).toBe(inputSize - Math.max(...places))
      }
    }
    expect(new Set(anchors[0]!.map(String)).size).toBe(256)
    expect(new Set(anchors[1]!.map(String)).size).toBe(64)
  })

  test('go from left to right, then down, as many as a cell has one after the other', () => {
    expect(anchors[0]!.slice(0, 3)).toEqual([
      [8, 8],
      [8, 8],
      [24, 8],
    ])
    expect(anchors[1]!.slice(5, 7)).toEqual([
      [16, 16],
      [48, 16],
    ])
    expect(anchors[1]!.at(-1)).toEqual([240, 240])
  })
})

test('what stands in the outputs comes out in pixels of the picture', () => {
  const random = new Random(7)
  for (let round = 0; round < 100; round++) {
    const layer = random.integer(2) as 0 | 1
    const outputs = {
      'Identity:0': zeros('float32', [1, 512, 1]),
      'Identity_1:0': zeros('float32', [1, 384, 1]),
      'Identity_2:0': zeros('float32', [1, 512, 16]),
      'Identity_3:0': zeros('float32', [1, 384, 16]),
    }
    outputs['Identity:0'].data.fill(-9)
    outputs['Identity_1:0'].data.fill(-9)
    const i = random.integer(anchors[layer]!.length)
    const side = random.uniform(10, 4000)
    const region = { x: random.uniform(-500, 500), y: random.uniform(-500, 500), width: side, height: side }
    const inPicture = (x: number, y: number) => [region.x + (x / inputSize) * side, region.y + (y / inputSize) * side]
    const numbers = Array.from({ length: 16 }, () => Math.fround(random.uniform(-60, 60)))
    const [x, y] = anchors[layer]![i]!
    outputs[layer === 0 ? 'Identity:0' : 'Identity_1:0'].data[i] = 1
    outputs[layer === 0 ? 'Identity_2:0' : 'Identity_3:0'].data.set(numbers, 16 * i)
    const [candidate, ...rest] = candidatesOf(outputs, region, 0.7)
    expect(rest).toEqual([])
    expect(candidate!.score).toBeCloseTo(1 / (1 + Math.exp(-1)), 12)
    const { box, points } = candidate!
    const centre = [box.x + box.width / 2, box.y + box.height / 2]
    for (const [k, place] of [centre, ...points].entries()) {
      const offset = k === 0 ? 0 : 2 + 2 * k
      const [wantedX, wantedY] = inPicture(x + numbers[offset]!, y + numbers[offset + 1]!)
      expect(place[0]).toBeCloseTo(wantedX!, 6)
      expect(place[1]).toBeCloseTo(wantedY!, 6)
    }
    expect(box.width).toBeCloseTo((numbers[2]! / inputSize) * side, 6)
    expect(box.height).toBeCloseTo((numbers[3]! / inputSize) * side, 6)
    expect(candidatesOf(outputs, region, 0.74)).toEqual([])
  }
})
