import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sharedFile } from '../../../test/shared.ts'
import { blankImage } from '../../draw/image.ts'
import { openFaceDetector } from '../../face/detector.ts'
import { firstFrame, paste, scaled } from '../../face/testing/pictures.ts'
import { writeImage } from '../../video/node/writer/image.ts'
import { crop } from '../../video/sample/crop.ts'
import { emptyFolder } from '../testing/trees.ts'
import { cutOut } from './cut-out.ts'
import { cropSettings } from './settings.ts'

const names = ['AJ_Lamas_0001', 'Aaron_Eckhart_0001']
const [small, large] = names.map((name) => sharedFile(`data/train/stills/lfw/${name}.jpg`))
const settings = cropSettings.parse({
  layout: { snippets: 2, frames: 2 },
  ...{ clips: 2, span: 1, rate: 30, size: 64, margin: 1, landmarks: false },
})
const never = new AbortController().signal

describe.skipIf(!small)(`of a picture with two people${small ? '' : ' (skipped: needs ../shared/data)'}`, () => {
  async function both(): Promise<string> {
    const picture = blankImage(520, 300, [120, 120, 120])
    paste(picture, scaled(await firstFrame(small!), { width: 180, height: 180 }), 20, 60)
    paste(picture, scaled(await firstFrame(large!), { width: 280, height: 280 }), 220, 10)
    const path = join(await emptyFolder(), 'two.png')
    await writeImage(path, picture)
    return path
  }

  test('the largest face, or all, each as it is seen in the picture', async () => {
    await using detector = await openFaceDetector()
    const tools = { detector, landmarker: undefined, isolated: false }
    const path = await both()
    const all = await cutOut(path, { ...settings, faces: 'all' }, tools, never)
    expect(all.map(({ track, clip, images }) => [track, clip, images.length])).toEqual([
      [1, 0, 1],
      [2, 0, 1],
    ])
    const largest = await cutOut(path, settings, tools, never)
    expect(largest).toEqual(all.toSorted((one, other) => other.faceWidth - one.faceWidth).slice(0, 1))
    expect(largest[0]!.regions[0]!.x).toBeGreaterThan(200)
    const frame = await firstFrame(path)
    for (const { regions, images } of all) {
      expect(images[0]!.data).toEqual(crop(frame, regions[0]!, { width: 64, height: 64 }).data)
    }
  })
})
