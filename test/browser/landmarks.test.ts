import { describe, expect, test } from 'vitest'
import { cropRegions } from '../../src/face/crop.ts'
import { openFaceDetector } from '../../src/face/detector.ts'
import { firstFrame } from '../../src/face/testing/pictures.ts'
import type { Image } from '../../src/video/image.ts'
import { crop } from '../../src/video/sample/crop.ts'
import { sharedFile } from '../shared.ts'
import { meshesOf } from './meshes.ts'
import { chromiumMissing, openPage } from './open-page.ts'

const names = ['london/canada_003f', 'london/neutral_front_010_03', 'lfw/Tara_Kirk_0001', 'lfw/Thor_Pedersen_0001']
const paths = names.map((name) => sharedFile(`data/train/stills/${name}.jpg`)).filter((path) => path !== undefined)
const reason = chromiumMissing ?? (paths.length < names.length ? 'needs ../shared/data' : undefined)

async function crops(): Promise<Image[]> {
  await using detector = await openFaceDetector()
  const images: Image[] = []
  for (const path of paths) {
    const frame = await firstFrame(path)
    const [face] = await detector.detect(frame)
    const [region] = cropRegions([{ ...face!, index: 0, seconds: 0 }], [0])
    images.push(crop(frame, region!, { width: 256, height: 256 }))
  }
  return images
}

describe.skipIf(reason)(`landmarks in Chromium${reason ? ` (skipped: ${reason})` : ''}`, () => {
  test.each(['wasm', 'webgpu'] as const)('are those of Node: %s', async (device) => {
    // Software WebGPU is slow.
    const images = (await crops()).slice(0, device === 'webgpu' ? 1 : names.length)
    await using page = await openPage({ webgpu: device === 'webgpu' })
    const [here, there] = [await meshesOf({ images }), await page.meshesOf({ images, device })]
    let [different, count] = [0, 0]
    for (const [i, { landmarks, presence }] of here.entries()) {
      expect(there[i]!.presence).toBe(presence)
      for (const [k, place] of landmarks.entries()) {
        const step = Math.abs(there[i]!.landmarks[k]! - place)
        // What lay on an edge of the grid falls to the other side; the second look passes a step on.
        expect(step).toBeLessThanOrEqual(1 / 16)
        different += step > 0 ? 1 : 0
        count++
      }
    }
    expect(count).toBe(images.length * 936)
    expect(different / count).toBeLessThan(0.02)
    expect(page.complaints).toEqual([])
    expect(page.outside).toEqual([])
  })
})
