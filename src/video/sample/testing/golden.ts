import { Random } from '../../../tensor/random.ts'
import type { Picture } from '../../frame.ts'
import type { Region, Size } from '../../image.ts'
import { crop } from '../crop.ts'
import { resize } from '../resize.ts'
import { noiseFrame, softFrame } from './frames.ts'

/**
 * SHA-256 of `goldenCrops()`, in every engine. It changes only when the definition of a crop does, and with that what
 * models were trained on: then the version of the preprocessing has to change too.
 */
export const goldenHash = 'b4af5b2868aae7392222e2900a7782ce04fa6a111d10be11ee2d7aeb4c6a23de'

const square = (x: number, y: number, side: number): Region => ({ x, y, width: side, height: side })

const cases: readonly (readonly [Partial<Picture> & Size, Region, Size])[] = [
  [
    { width: 64, height: 48 },
    { x: 0, y: 0, width: 64, height: 48 },
    { width: 64, height: 48 },
  ],
  [{ width: 63, height: 47, rotation: 90 }, square(3.7, 11.1, 31.3), { width: 50, height: 44 }],
  [{ width: 200, height: 120, flip: true }, square(20.25, -9.5, 130.1), { width: 48, height: 48 }],
  [
    { width: 320, height: 240 },
    { x: 0, y: 0, width: 320, height: 240 },
    { width: 40, height: 36 },
  ],
  [{ width: 321, height: 239, rotation: 270 }, square(-30, -10, 330), { width: 17, height: 19 }],
  [
    { width: 90, height: 110, pixelAspect: 4 / 3, rotation: 180, flip: true },
    square(7, 9, 77.7),
    { width: 30, height: 33 },
  ],
]

/** Crops of all kinds, of noise and of soft shapes, one after the other. */
export function goldenCrops(): Uint8Array<ArrayBuffer> {
  const random = new Random('golden crops')
  const parts: Uint8Array[] = []
  for (const matrix of ['bt601', 'bt709', 'bt2020'] as const) {
    for (const range of ['limited', 'full'] as const) {
      for (const chroma of ['left', 'centre', 'top-left'] as const) {
        for (const [i, [picture, region, size]] of cases.entries()) {
          const make = i % 2 === 0 ? noiseFrame : softFrame
          const frame = make(random, { ...picture, colour: { matrix, range, chroma } })
          const image = crop(frame, region, size, { outside: i % 3 === 0 ? 'repeat' : 'black' })
          parts.push(image.data, resize(image, { width: 11, height: 7 }).data)
        }
      }
    }
  }
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
