import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { table } from '../../src/cli/text.ts'
import { type FaceDetector, openFaceDetector } from '../../src/face/detector.ts'
import type { Face } from '../../src/face/face.ts'
import { overlap } from '../../src/face/geometry.ts'
import { firstFrame, frameOf, grey, paste, scaled } from '../../src/face/testing/pictures.ts'
import { Random } from '../../src/tensor/random.ts'
import type { Frame } from '../../src/video/frame.ts'
import { percent } from '../percent.ts'
import { data } from './data.ts'

const widths = [16, 20, 24, 28, 32, 40, 50, 60, 80, 130, 250]
const canvas = { width: 1920, height: 1080 }

/** How small a face may be: portraits, shrunken, somewhere in a large grey picture. */
export async function benchFaceSizes(): Promise<void> {
  await using detector = await openFaceDetector()
  const portraits = await Promise.all(
    [...some('lfw', 70), ...some('london', 8), ...some('congress', 14)].map(firstFrame),
  )
  const rows = [['width', 'of 1920', 'whole picture', 'with tiles', 'expected there', 'overlap', 'other faces']]
  for (const width of widths) rows.push(await row(detector, portraits, width))
  for (const line of table(rows, 7)) console.log(line)
}

async function row(detector: FaceDetector, portraits: readonly Frame[], width: number): Promise<string[]> {
  const random = new Random(width)
  const found = { whole: 0, tiles: 0, expected: 0, others: 0 }
  const overlaps: number[] = []
  for (const portrait of portraits) {
    const { frame, face } = await placed(detector, portrait, width, random)
    const hit = (faces: readonly Face[]) => faces.find(({ box }) => overlap(box, face) > 0.4)
    const expected = await detector.detect(frame, { small: 'never', expected: [face] })
    const inTiles = await detector.detect(frame, { small: 'always' })
    const best = hit(inTiles)
    if (hit(await detector.detect(frame, { small: 'never' }))) found.whole += 1
    if (hit(expected)) found.expected += 1
    if (best) {
      found.tiles += 1
      overlaps.push(overlap(best.box, face))
    }
    found.others += inTiles.length - (best ? 1 : 0)
  }
  const shares = [found.whole, found.tiles, found.expected].map((count) => percent(count / portraits.length))
  const typical = overlaps.toSorted((a, b) => a - b)[overlaps.length >> 1] ?? 0
  return [`${width}`, percent(width / canvas.width), ...shares, typical.toFixed(2), `${found.others}`]
}

/** The portrait with its face so many pixels wide in the canvas, and where the face is then. */
async function placed(detector: FaceDetector, portrait: Frame, width: number, random: Random) {
  const [large] = await detector.detect(portrait)
  const { box } = large!
  const scale = Math.min(width / box.width, canvas.height / portrait.height)
  const small = scaled(portrait, {
    width: Math.round(portrait.width * scale),
    height: Math.round(portrait.height * scale),
  })
  const picture = grey(canvas, 90)
  const x = random.integer(canvas.width - small.width + 1)
  const y = random.integer(canvas.height - small.height + 1)
  paste(picture, small, x, y)
  const side = box.width * scale
  return { frame: frameOf(picture), face: { x: x + box.x * scale, y: y + box.y * scale, width: side, height: side } }
}

function some(folder: string, each: number): string[] {
  const path = join(data, 'train/stills', folder)
  return readdirSync(path)
    .filter((_, i) => i % each === 0)
    .map((name) => join(path, name))
}
