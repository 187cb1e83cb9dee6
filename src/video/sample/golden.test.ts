import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { goldenCrops, goldenHash } from './testing/golden.ts'

test('crops are, to the bit, what they have always been', () => {
  expect(createHash('sha256').update(goldenCrops()).digest('hex')).toBe(goldenHash)
})
