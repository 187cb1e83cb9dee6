import { expect, test } from 'vitest'
import { UnmaskError } from '../../errors.ts'
import { landmarkCount } from '../../face/landmarks/landmarks.ts'
import { Random } from '../../tensor/random.ts'
import type { CachedClip } from '../face-clip.ts'
import { decodeRecord, encodeRecord } from './record.ts'

const random = new Random(4)

function clip(number: number, frames: number, size: number, withLandmarks: boolean): CachedClip {
  const each = <T>(make: () => T) => Array.from({ length: frames }, make)
  return {
    track: 1 + random.integer(3),
    faceWidth: random.uniform(20, 400),
    clip: number,
    seconds: each(() => random.uniform(0, 9)),
    regions: each(() => ({ x: random.normal(), y: random.normal(), width: random.uniform(), height: 1 })),
    images: each(() => ({
      width: size,
      height: size,
      data: Uint8Array.from({ length: 3 * size * size }, () => random.integer(256)),
    })),
    landmarks: withLandmarks
      ? each(() => Float32Array.from({ length: 2 * landmarkCount }, () => random.uniform(0, size)))
      : [],
    repeated: random.integer(frames),
  }
}

test.each([
  ['no face', []],
  ['a still', [clip(0, 1, 5, true)]],
  ['clips without landmarks', [clip(0, 4, 3, false), clip(1, 4, 3, false)]],
  ['clips with landmarks', [clip(0, 2, 4, true), clip(0, 2, 4, true), clip(2, 2, 4, true)]],
])('%s: what is written is read', (_, clips) => {
  const bytes = encodeRecord(clips, 'recipe')
  expect(decodeRecord(bytes, 'a', true)).toEqual(clips)
  expect(encodeRecord(clips, 'recipe')).toEqual(bytes)
})

test('a flipped bit is noticed wherever it is, unless it changes nothing', () => {
  const clips = [clip(0, 2, 3, false)]
  const bytes = encodeRecord(clips, 'recipe')
  let noticed = 0
  for (let i = 0; i < bytes.length; i++) {
    const damaged = bytes.slice()
    damaged[i]! ^= 1 << (i % 8)
    try {
      expect(decodeRecord(damaged, 'a', true)).toEqual(clips)
    } catch (error) {
      if (!(error instanceof UnmaskError)) throw error
      expect(error.code).toBe('safetensors-format')
      noticed++
    }
  }
  expect(noticed).toBeGreaterThan(bytes.length - 16)
  for (const length of [0, 8, 100, bytes.length - 1]) {
    expect(() => decodeRecord(bytes.slice(0, length), 'a', true)).toThrow(UnmaskError)
  }
})
