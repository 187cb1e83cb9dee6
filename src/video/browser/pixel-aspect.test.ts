import { describe, expect, test } from 'vitest'
import { pixelAspectOf } from './pixel-aspect.ts'

/** As mediabunny does: one side is scaled, and rounded. */
function sizeOf(width: number, height: number, ratio: number) {
  return ratio > 1
    ? { width, height, squareWidth: Math.round(width * ratio), squareHeight: height }
    : { width, height, squareWidth: width, squareHeight: Math.round(height / ratio) }
}

describe('pixel aspect', () => {
  test.each([12 / 11, 10 / 11, 40 / 33, 16 / 15, 64 / 45, 8 / 9, 32 / 27, 4 / 3, 2])(
    '%f of MPEG-4 is found again',
    (ratio) => {
      for (const [width, height] of [
        [704, 480],
        [720, 576],
        [1440, 1080],
        [352, 288],
      ] as const) {
        expect(pixelAspectOf('mp4', sizeOf(width, height, ratio), undefined)).toBe(ratio)
      }
    },
  )

  test('the coded sequence knows better', () => {
    expect(pixelAspectOf('mp4', sizeOf(720, 576, 16 / 15), 1.07)).toBe(1.07)
    expect(pixelAspectOf('mpegts', sizeOf(720, 576, 1), 64 / 45)).toBe(64 / 45)
  })

  test('Matroska has a width to show', () => {
    for (const shown of [853, 768, 1024, 640, 655, 540]) {
      expect(pixelAspectOf('matroska', sizeOf(720, 480, shown / 720), undefined)).toBe(shown / 720)
    }
  })

  test('square without more, and where the ratio is beyond belief', () => {
    expect(pixelAspectOf('mp4', sizeOf(64, 48, 1), undefined)).toBe(1)
    expect(pixelAspectOf('mp4', sizeOf(1, 1, 1), undefined)).toBe(1)
    expect(pixelAspectOf('mp4', sizeOf(64, 48, 100), 0.01)).toBe(1)
  })
})
