import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { table } from '../../src/cli/text.ts'
import { planClips } from '../../src/clip/plan.ts'
import { ClipReader } from '../../src/clip/reader.ts'
import { faceBoxInCrop } from '../../src/face/crop.ts'
import { type FaceDetector, openFaceDetector } from '../../src/face/detector.ts'
import type { Keypoints, Point } from '../../src/face/face.ts'
import { overlap, squareAt } from '../../src/face/geometry.ts'
import { type Landmarker, openLandmarker } from '../../src/face/landmarks/landmarker.ts'
import type { Landmarks } from '../../src/face/landmarks/landmarks.ts'
import { leftEye, outerLips, rightEye } from '../../src/face/landmarks/points.ts'
import { locateSequence } from '../../src/face/landmarks/sequence.ts'
import * as portraits from '../../src/face/landmarks/testing/portrait.ts'
import { firstFrame } from '../../src/face/testing/pictures.ts'
import { Random } from '../../src/tensor/random.ts'
import { openVideo } from '../../src/video/open.ts'
import { crop } from '../../src/video/sample/crop.ts'
import { median } from '../median.ts'
import { percent } from '../percent.ts'
import { data } from './data.ts'

const size = portraits.portraitSize

/** How exact landmarks are: against the detector, under changes of the picture, and from frame to frame; and how fast. */
export async function benchLandmarks(): Promise<void> {
  await using detector = await openFaceDetector()
  await using landmarker = await openLandmarker()
  const known = await load(detector, landmarker)
  const plausible = known.filter((portrait) => portrait.presence > 0.5 && farthest(portrait) < 0.12).length
  console.log(
    `plausible: ${plausible} of ${known.length}; lowest presence ${Math.min(...known.map((one) => one.presence))}`,
  )
  await background(detector, landmarker)
  const distances = new Map<string, number[]>()
  for (const portrait of known.filter((_, i) => i % 6 === 0)) await change(portrait, landmarker, distances)
  const rows = [['mean disagreement, of the width', 'median', '95 %', 'most']]
  for (const [name, values] of distances) rows.push([name, ...quantiles(values)])
  for (const line of table(rows, 4)) console.log(line)
  const times: number[] = []
  for (let i = 0; i < 100; i++) {
    const begin = performance.now()
    await landmarker.locate(known[i % 10]!.image)
    times.push(performance.now() - begin)
  }
  console.log(`a face takes ${median(times).toFixed(1)} ms`)
  await trembling(detector, landmarker)
}

async function load(detector: FaceDetector, landmarker: Landmarker): Promise<portraits.Portrait[]> {
  const known: portraits.Portrait[] = []
  for (const [folder, each] of Object.entries({ london: 2, congress: 2, lfw: 14 })) {
    const path = join(data, 'train/stills', folder)
    for (const name of readdirSync(path).filter((_, i) => i % each === 0)) {
      const portrait = await portraits.portraitOf(join(path, name), detector, landmarker)
      if (portrait) known.push(portrait)
    }
  }
  return known
}

/** How often the presence is high where there is no face: pieces of pictures beside the faces in them. */
async function background(detector: FaceDetector, landmarker: Landmarker): Promise<void> {
  const random = new Random(1)
  const path = join(data, 'train/stills/lfw')
  const found: number[] = []
  for (const name of readdirSync(path).filter((_, i) => i % 30 === 0)) {
    const frame = await firstFrame(join(path, name))
    const faces = await detector.detect(frame)
    for (let piece = 0; piece < 4; piece++) {
      const side = random.uniform(0.2, 0.44) * frame.width
      const region = squareAt(
        [random.uniform(side / 2, frame.width - side / 2), random.uniform(side / 2, frame.height - side / 2)],
        side,
      )
      if (faces.some(({ box }) => overlap(box, region) > 0.02)) continue
      found.push((await landmarker.mesh(crop(frame, region, { width: 200, height: 200 }))).presence)
    }
  }
  console.log(
    `background: ${found.filter((presence) => presence > 0.5).length} of ${found.length} with a presence above 0.5`,
  )
}

/** Of eyes, mouth and tip of the nose the one that is farthest from the detector's, as a share of the face's width. */
function farthest({ landmarks, keypoints }: portraits.Portrait): number {
  const parts: [keyof Keypoints, readonly number[]][] = [
    ['leftEye', leftEye],
    ['rightEye', rightEye],
    ['mouth', outerLips],
    ['nose', [4]],
  ]
  const distances = parts.map(([name, indices]) => {
    const [x, y] = portraits.middleOf(landmarks, indices)
    return Math.hypot(x - keypoints[name][0], y - keypoints[name][1])
  })
  return Math.max(...distances) / portraits.faceWidth(landmarks)
}

async function change(
  { image, landmarks, cut }: portraits.Portrait,
  landmarker: Landmarker,
  into: Map<string, number[]>,
): Promise<void> {
  const add = (name: string, value: number) => into.set(name, [...(into.get(name) ?? []), value])
  const moved = async (name: string, x: number, y: number, side: number, pixels = size, margin = 1) => {
    const other = cut({ x, y, width: side, height: side }, pixels)
    const found = await landmarker.locate(other, { around: faceBoxInCrop(other, margin) })
    const back = (at: Point): Point => [x + (at[0] * side) / pixels, y + (at[1] * side) / pixels]
    add(name, portraits.disagreement(landmarks, found, back))
  }
  for (const step of [-12, 12]) {
    await moved('crop moved by 4 %', step, 0, size)
    await moved('crop moved by 4 %', 0, step, size)
  }
  for (const side of [0.9 * size, 1.1 * size])
    await moved('crop 10 % larger or smaller', (size - side) / 2, (size - side) / 2, side)
  await moved('half as many pixels', 0, 0, size, size / 2)
  await moved('a margin of a quarter', -size / 4, -size / 4, 1.5 * size, 400, 1.5)
  for (const degrees of [10, 20, 35]) {
    for (const turn of [-degrees, degrees]) {
      const { image: other, back } = portraits.turned(image, turn)
      const found = await landmarker.locate(other)
      add(`turned by ${degrees} degrees`, portraits.disagreement(landmarks, found, back))
    }
  }
  const mirror = await landmarker.locate(portraits.mirrored(image))
  add(
    'mirrored (eyes, lips)',
    portraits.disagreement(landmarks, mirror, ([x, y]) => [size - x, y], portraits.mirrorPairs),
  )
}

/** The second difference of places from frame to frame. */
async function trembling(detector: FaceDetector, landmarker: Landmarker): Promise<void> {
  const rows = [['second difference, of the width', 'median', '95 %', 'most', 'smoothed: median', '95 %', 'most']]
  for (const name of ['grid/bbaf2n.mpg', 'liveportrait/d8.mp4', 'liveportrait/d11.mp4', 'videoretalking/2.mp4']) {
    await using video = await openVideo(join(data, 'train/videos', name))
    const plan = planClips([{ from: 0, to: 4 }], { snippets: 1, frames: 24 }, video.info.frameRate, { clips: 1 })
    for await (const { images } of new ClipReader(video, detector, plan, size)) {
      const alone: Landmarks[] = []
      for (const image of images) alone.push(await landmarker.locate(image))
      const smooth = await locateSequence(landmarker, images)
      rows.push([name, ...quantiles(secondDifferences(alone)), ...quantiles(secondDifferences(smooth))])
    }
  }
  for (const line of table(rows, 7)) console.log(line)
}

function secondDifferences(frames: readonly Landmarks[]): number[] {
  const width = median(frames.map(portraits.faceWidth))
  return frames.slice(1, -1).flatMap((here, i) => {
    const [before, after] = [frames[i]!, frames[i + 2]!]
    const bend = (k: number) => before[k]! - 2 * here[k]! + after[k]!
    return Array.from({ length: here.length / 2 }, (_, k) => Math.hypot(bend(2 * k), bend(2 * k + 1)) / width)
  })
}

function quantiles(values: readonly number[]): string[] {
  const sorted = values.toSorted((a, b) => a - b)
  return [0.5, 0.95, 1].map((share) =>
    percent(sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]!, 2),
  )
}
