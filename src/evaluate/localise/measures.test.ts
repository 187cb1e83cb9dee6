import { describe, expect, test } from 'vitest'
import { Random } from '../../tensor/random.ts'
import { evidenceOf } from './evidence.ts'
import { type EvidenceMap, peakOf, stretched } from './map.ts'
import { measureFrame } from './measure-frame.ts'
import { overlaps, thresholds } from './overlap.ts'
import { type ForgedPixels, hits, isHit } from './pointing.ts'

const random = new Random('localisation')

function mapOf(width: number, height: number, value: (column: number, row: number) => number): EvidenceMap {
  const values = Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)))
  return { width, height, values }
}

function maskOf(width: number, height: number, forged: (x: number, y: number) => boolean): ForgedPixels {
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => Number(forged(i % width, Math.floor(i / width))))
  return { width, height, forged: pixels }
}

describe('the peak of a map', () => {
  test('is its largest cell, of equal ones the first', () => {
    expect(peakOf(mapOf(4, 3, (column, row) => (column === 2 && row === 1 ? 2 : 1)))).toEqual({ column: 2, row: 1 })
    expect(peakOf(mapOf(4, 3, () => 1))).toEqual({ column: 0, row: 0 })
  })

  test('is nowhere where there is no evidence', () => {
    expect(peakOf(mapOf(4, 3, () => 0))).toBeUndefined()
    expect(peakOf(mapOf(4, 3, () => -1))).toBeUndefined()
    expect(isHit(undefined, new Uint8Array([1]), 1)).toBe(false)
  })
})

describe('pointing', () => {
  test.each([
    [0, 8, 8, 128, 128],
    [1, 8, 8, 128, 128],
    [1, 7, 7, 112, 112],
    [2, 5, 3, 32, 17],
    [0, 7, 4, 16, 9],
  ])(
    'hits within %i cells on %i x %i for %i x %i pixels, as each pixel says',
    (tolerance, columns, rows, width, height) => {
      for (let repeat = 0; repeat < 4; repeat++) {
        const mask = maskOf(width, height, () => random.bernoulli(0.005))
        const expected = mapOf(columns, rows, (column, row) => {
          const reaches = (pixel: number, pixels: number, cell: number, cells: number) => {
            const [from, to] = [(pixel * cells) / pixels, ((pixel + 1) * cells) / pixels]
            return from < cell + 1 + tolerance - 1e-9 && to > cell - tolerance + 1e-9
          }
          return Number(
            mask.forged.some((forged, i) => {
              const [x, y] = [i % width, Math.floor(i / width)]
              return forged === 1 && reaches(x, width, column, columns) && reaches(y, height, row, rows)
            }),
          )
        })
        expect([...hits(mask, { width: columns, height: rows }, tolerance)]).toEqual([...expected.values])
      }
    },
  )
})

describe('overlap', () => {
  test('is intersection over union at each threshold, as each pixel says', () => {
    for (let repeat = 0; repeat < 5; repeat++) {
      const evidence = Float32Array.from({ length: 500 }, (_, i) => (i % 3 === 0 ? i / 500 : random.integer(17) / 16))
      const forged = Uint8Array.from({ length: 500 }, () => Number(random.bernoulli(0.3)))
      const expected = thresholds.map((threshold) => {
        const marked = [...evidence].map((value) => value >= threshold)
        const both = marked.filter((mark, i) => mark && forged[i] === 1).length
        const either = marked.filter((mark, i) => mark || forged[i] === 1).length
        return both / either
      })
      expect(overlaps(evidence, forged)).toEqual(expected)
    }
  })

  test('is 1 for evidence exactly on what was forged, 0 for none', () => {
    const forged = Uint8Array.from({ length: 64 }, (_, i) => Number(i < 20))
    expect(overlaps(Float32Array.from(forged), forged)).toEqual(thresholds.map(() => 1))
    expect(overlaps(new Float32Array(64), forged)).toEqual(thresholds.map(() => 0))
  })
})

describe('a stretched map', () => {
  test('is the map itself at its own size, over its largest value', () => {
    const map = mapOf(5, 4, (column, row) => 3 + column * row)
    expect([...stretched(map, map)]).toEqual([...map.values].map((value) => Math.fround(value / 15)))
  })

  test('is linear between the middles of cells and level beyond them', () => {
    const wide = stretched(
      mapOf(2, 1, (column) => column),
      { width: 8, height: 2 },
    )
    expect([...wide.subarray(0, 8)]).toEqual([0, 0, 0.125, 0.375, 0.625, 0.875, 1, 1])
  })

  test('takes what is below 0 as 0', () => {
    expect([
      ...stretched({ width: 3, height: 1, values: new Float32Array([-5, 0, 2]) }, { width: 3, height: 1 }),
    ]).toEqual([0, 0, 1])
  })
})

describe('the maps of a frame', () => {
  const tensor = (shape: number[], value: (i: number) => number) => {
    const size = shape.reduce((product, length) => product * length, 1)
    return { dtype: 'float32' as const, shape, data: Float32Array.from({ length: size }, (_, i) => value(i)) }
  }

  test('are its own Grad-CAM, and the attention of its snippet', () => {
    const cam = tensor([6, 2, 2], (i) => Math.floor(i / 4))
    const attention = tensor([2, 3, 2, 2], (i) => Math.floor(i / 4) - 1)
    const score = { logits: [0, 0] as const, probability: 0.5, cam, attention }
    const maps = evidenceOf(score, 4, 3)
    expect([...maps.keys()]).toEqual(['cam', 'attention', 'head 1', 'head 2', 'head 3'])
    expect([...maps.values()].map(({ values }) => values[0])).toEqual([4, 2 + 3 + 4, 2, 3, 4])
    // of the first snippet, whose heads have -1, 0 and 1, what is below 0 does not count
    expect(evidenceOf(score, 0, 3).get('attention')!.values[0]).toBe(1)
  })

  test('may be Grad-CAM alone', () => {
    const score = { logits: [0, 0] as const, probability: 0.5, cam: tensor([1, 2, 2], () => 1) }
    expect([...evidenceOf(score, 0, 1).keys()]).toEqual(['cam'])
  })
})

test('a frame is measured against what guessing gives', () => {
  const mask = maskOf(64, 64, (x, y) => x < 16 && y < 16)
  const corner = (column: number, row: number) => mapOf(4, 4, (x, y) => Number(x === column && y === row))
  const { localised, chance } = measureFrame(
    new Map([
      ['on', corner(0, 0)],
      ['beside', corner(1, 1)],
      ['off', corner(2, 0)],
    ]),
    mask,
  )
  const pointing = [...localised.values()].map(({ pointing, pointingExact }) => [pointing, pointingExact])
  expect(pointing).toEqual([
    [1, 1],
    [1, 0],
    [0, 0],
  ])
  expect(chance).toEqual({ pointing: 4 / 16, pointingExact: 1 / 16, overlap: 1 / 16 })
  const best = [...localised.values()].map(({ overlaps }) => Math.max(...overlaps))
  expect(best[0]).toBeGreaterThan(0.6)
  expect(best[2]).toBe(0)
})
