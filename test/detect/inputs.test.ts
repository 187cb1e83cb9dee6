import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Detector, openDetector } from '../../src/detect/detector.ts'
import { UnmaskError } from '../../src/errors.ts'
import { ffmpegMissing } from '../clips.ts'
import { inputs } from './inputs.ts'
import { smallModel } from './small-model.ts'

const skipped = ffmpegMissing ? ` (skipped: ${ffmpegMissing})` : ''

describe.skipIf(ffmpegMissing)(`detect has a sensible answer to${skipped}`, () => {
  let detector: Detector
  beforeAll(async () => {
    detector = await openDetector({ model: await smallModel(), threads: 1 })
  })
  afterAll(() => detector[Symbol.asyncDispose]())

  test.each(inputs)('$name', async ({ make, expected, reason, faces }) => {
    const source = await make()
    if (typeof expected === 'string') {
      const error = await detector.detect(source).catch((error) => error)
      expect(error).toBeInstanceOf(UnmaskError)
      expect(error.code).toBe(expected)
      return
    }
    const result = await detector.detect(source)
    expect(expected).toContain(result.verdict)
    expect(result.reasons.length).toBeGreaterThan(0)
    if (reason) expect(result.reasons.map(({ code }) => code)).toContain(reason)
    if (faces !== undefined) expect(result.faces.length).toBe(faces)
    expect(result.probability === null).toBe(result.verdict === 'no-face')
  })
})

test('the inputs are at least fifty, each another', () => {
  expect(new Set(inputs.map(({ name }) => name)).size).toBe(inputs.length)
  expect(inputs.length).toBeGreaterThanOrEqual(50)
})
