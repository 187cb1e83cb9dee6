import { expect, test } from 'vitest'
import { networkConfig } from '../../network/config.ts'
import { smallNetwork } from '../../network/testing/small-network.ts'
import { initialWeights } from '../../network/weights.ts'
import { FaceRecords, mostFaces } from './face-records.ts'

const config = networkConfig(smallNetwork)
const model = { config, weights: initialWeights(config, 1), metadata: {} }

const clip = (track: number, width: number) => ({ track, regions: [{ x: 0, y: 0, width, height: width }] })

test('of a crowd the widest faces have records, and it is known how many came', () => {
  const records = new FaceRecords(model)
  const widths = Array.from({ length: 3 * mostFaces }, (_, i) => 50 + ((37 * i) % (3 * mostFaces)))
  for (const [i, width] of widths.entries()) records.of(clip(i + 1, width))
  const kept = widths.filter((_, i) => records.get(i + 1))
  const ascending = (values: readonly number[]) => values.toSorted((a, b) => a - b)
  expect(ascending(kept)).toEqual(ascending(widths).slice(-mostFaces))
  expect(records.seen).toBe(3 * mostFaces)
})

test('a face keeps its record when it goes back, and gets one when it has come near', () => {
  const records = new FaceRecords(model)
  const first = records.of(clip(1, 200))
  for (let track = 2; track <= mostFaces; track++) records.of(clip(track, 100))
  expect(records.of(clip(1, 20))).toBe(first)
  expect(records.of(clip(99, 100))).toBeUndefined()
  expect(records.of(clip(99, 101))).toBeDefined()
  expect(records.get(1)).toBe(first)
  expect(records.get(2)).toBeUndefined()
})
