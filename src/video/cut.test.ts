import { expect, test } from 'vitest'
import { Random } from '../tensor/random.ts'
import { cut, withinCut } from './cut.ts'
import { displaySize, type Frame, frameBytes } from './frame.ts'
import { crop } from './sample/crop.ts'

const random = new Random(11)

function randomFrame(least = 20): Frame {
  const width = least + random.integer(3 * least)
  const height = least + random.integer(3 * least)
  return {
    width,
    height,
    data: Uint8Array.from({ length: frameBytes(width, height) }, () => random.integer(256)),
    colour: {
      matrix: 'bt709',
      range: 'limited',
      chroma: (['left', 'centre', 'top-left'] as const)[random.integer(3)]!,
    },
    rotation: ([0, 90, 180, 270] as const)[random.integer(4)]!,
    flip: random.integer(2) === 1,
    pixelAspect: 1,
    seconds: 0,
    index: 0,
  }
}

test('a crop of a cut is the crop of the frame, however it is turned and wherever it lies', () => {
  for (let round = 0; round < 300; round++) {
    const frame = randomFrame()
    const shown = displaySize(frame)
    const side = 4 + random.uniform() * 40
    const region = {
      x: random.uniform() * (shown.width + 20) - 20,
      y: random.uniform() * (shown.height + 20) - 20,
      width: side,
      height: side,
    }
    const size = { width: 24, height: 24 }
    const part = cut(frame, region)
    expect(crop(part.frame, withinCut(part, region), size).data).toEqual(crop(frame, region, size).data)
  }
})

test('also of a crop so small that planes are halved first', () => {
  for (let round = 0; round < 30; round++) {
    const frame = randomFrame(150)
    const shown = displaySize(frame)
    const side = 60 + random.uniform() * 400
    const region = {
      x: random.uniform() * shown.width - side / 2,
      y: random.uniform() * shown.height - side / 2,
      width: side,
      height: side * (0.8 + 0.4 * random.uniform()),
    }
    const part = cut(frame, region)
    for (const width of [16, 32]) {
      const size = { width, height: 16 }
      expect(crop(part.frame, withinCut(part, region), size).data).toEqual(crop(frame, region, size).data)
    }
  }
})

test('keeps only what is needed', () => {
  const frame = { ...randomFrame(), width: 400, height: 300, data: new Uint8Array(frameBytes(400, 300)) }
  const part = cut(frame, { x: 100, y: 100, width: 64, height: 64 })
  expect(part.frame.width * part.frame.height).toBeLessThan(82 * 82)
})

test('of a region outside the picture is its nearest edge', () => {
  const frame = randomFrame()
  const region = { x: -500, y: -500, width: 10, height: 10 }
  const part = cut(frame, region)
  const size = { width: 5, height: 5 }
  expect(crop(part.frame, withinCut(part, region), size).data).toEqual(crop(frame, region, size).data)
})
