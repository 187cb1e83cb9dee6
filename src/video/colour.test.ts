import { describe, expect, test } from 'vitest'
import { assumedColour, conversion } from './colour.ts'
import type { Colour } from './frame.ts'

function rgbOf(
  [y, u, v]: readonly [number, number, number],
  matrix: Colour['matrix'],
  range: Colour['range'],
): number[] {
  const { black, luma, redV, greenU, greenV, blueU } = conversion({ matrix, range, chroma: 'left' })
  const bright = luma * (y - black)
  return [bright + redV * (v - 128), bright + greenU * (u - 128) + greenV * (v - 128), bright + blueU * (u - 128)]
}

describe('coefficients are those in use elsewhere', () => {
  // JFIF 1.02; Microsoft, "Recommended 8-Bit YUV Formats"; BT.2020 as in mpv and libplacebo
  test.each([
    ['bt601', 'full', 1, 1.402, -0.344136, -0.714136, 1.772],
    ['bt601', 'limited', 1.164383, 1.596027, -0.391762, -0.812968, 2.017232],
    ['bt709', 'full', 1, 1.5748, -0.187324, -0.468124, 1.8556],
    ['bt709', 'limited', 1.164384, 1.792741, -0.213249, -0.532909, 2.112402],
    ['bt2020', 'full', 1, 1.4746, -0.164553, -0.571353, 1.8814],
    ['bt2020', 'limited', 1.164384, 1.678674, -0.187326, -0.650424, 2.141772],
  ] as const)('%s, %s range', (matrix, range, luma, redV, greenU, greenV, blueU) => {
    const found = conversion({ matrix, range, chroma: 'left' })
    expect(found.luma).toBeCloseTo(luma, 5)
    expect(found.redV).toBeCloseTo(redV, 5)
    expect(found.greenU).toBeCloseTo(greenU, 5)
    expect(found.greenV).toBeCloseTo(greenV, 5)
    expect(found.blueU).toBeCloseTo(blueU, 5)
  })
})

describe('colour bars of 100 %, as the standards print them in whole numbers', () => {
  const white = [235, 128, 128] as const
  test.each([
    // BT.709: SMPTE RP 219 and EBU; BT.601: ITU-R BT.1729
    ['white', 'bt709', white, [255, 255, 255]],
    ['white', 'bt601', white, [255, 255, 255]],
    ['white', 'bt2020', white, [255, 255, 255]],
    ['black', 'bt709', [16, 128, 128], [0, 0, 0]],
    ['yellow', 'bt709', [219, 16, 138], [255, 255, 0]],
    ['cyan', 'bt709', [188, 154, 16], [0, 255, 255]],
    ['green', 'bt709', [173, 42, 26], [0, 255, 0]],
    ['red', 'bt709', [63, 102, 240], [255, 0, 0]],
    ['blue', 'bt709', [32, 240, 118], [0, 0, 255]],
    ['yellow', 'bt601', [210, 16, 146], [255, 255, 0]],
    ['green', 'bt601', [145, 54, 34], [0, 255, 0]],
    ['red', 'bt601', [81, 90, 240], [255, 0, 0]],
    ['blue', 'bt601', [41, 240, 110], [0, 0, 255]],
  ] as const)('%s, %s', (_, matrix, yuv, rgb) => {
    for (const [i, value] of rgbOf(yuv, matrix, 'limited').entries())
      expect(Math.abs(value - rgb[i]!)).toBeLessThan(1.6)
  })
})

test('what does not say its colours is taken as browsers take it', () => {
  expect(assumedColour(640, 480)).toEqual({ matrix: 'bt601', range: 'limited', chroma: 'left' })
  expect(assumedColour(1024, 576).matrix).toBe('bt601')
  expect(assumedColour(1280, 720).matrix).toBe('bt709')
  expect(assumedColour(480, 854).matrix).toBe('bt709')
  expect(assumedColour(1280, 534).matrix).toBe('bt709')
})
