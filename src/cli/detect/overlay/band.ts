import { calledAt } from '../../../detect/operating-points.ts'
import type { Basis, DetectedFace } from '../../../detect/result.ts'
import { heatColour } from '../../../draw/colour-map.ts'
import { blankImage, type Rgb, white } from '../../../draw/image.ts'
import { unitOf } from '../../../draw/label.ts'
import { fillRectangle } from '../../../draw/shapes.ts'
import { drawText, measureText } from '../../../draw/text.ts'
import { clock } from '../../../draw/timeline.ts'
import type { Image, Size } from '../../../video/image.ts'
import { percentText } from '../../../words.ts'
import { verdictWords } from '../words.ts'
import { verdictColours } from './colours.ts'

/** More lanes would hide what they belong to. */
const mostLanes = 4

const ground: Rgb = [24, 26, 30]
const lane: Rgb = [38, 41, 47]
const there: Rgb = [92, 97, 107]
const words: Rgb = [170, 175, 185]

/** The strip below the picture: a timeline for each face, the time, and what is meant by what is drawn. */
export class Band {
  readonly height: number
  readonly #unit: number
  readonly #still: Image
  readonly #durationSeconds: number
  readonly #faces: readonly DetectedFace[]
  readonly #left: number
  readonly #span: number

  /** @param picture size of the pictures that it is below */
  constructor(picture: Size, faces: readonly DetectedFace[], { model }: Basis, durationSeconds: number) {
    const unit = unitOf(picture)
    const byWeight = faces.toSorted((a, b) => Number(b.isMain) - Number(a.isMain) || b.quality.size - a.quality.size)
    const shown = new Set(byWeight.slice(0, mostLanes))
    this.#unit = unit
    this.#durationSeconds = durationSeconds
    this.#faces = faces.filter((face) => shown.has(face))
    const labels = this.#faces.map((face) => measureText(labelOf(face), unit).width)
    this.#left = 6 * unit + Math.max(0, ...labels) + 6 * unit
    this.#span = picture.width - this.#left - 6 * unit
    this.height = 2 * Math.ceil((this.#faces.length * laneStep * unit + 20 * unit) / 2)
    this.#still = blankImage(picture.width, this.height, ground)
    this.#drawLanes(model)
    this.#drawLegend()
  }

  /** Draws it as it is at some time. */
  draw(band: Image, seconds: number): void {
    const unit = this.#unit
    band.data.set(this.#still.data)
    const time = clock(seconds, 1)
    drawText(band, time, 6 * unit, this.height - 10 * unit, { colour: white, scale: unit })
    if (this.#faces.length === 0) return
    const height = this.#faces.length * laneStep * unit
    fillRectangle(band, { x: this.#at(seconds) - unit / 2, y: 3 * unit, width: unit, height }, white)
  }

  #at(seconds: number): number {
    return this.#left + this.#span * Math.min(seconds / this.#durationSeconds, 1)
  }

  /** Clips as bars whose height is the probability, on a line where the face is; white below: the frames seen. */
  #drawLanes(model: Basis['model']): void {
    const unit = this.#unit
    for (const [i, face] of this.#faces.entries()) {
      const top = 4 * unit + i * laneStep * unit
      const bottom = top + laneHeight * unit
      drawText(this.#still, labelOf(face), 6 * unit, top + 3 * unit, { colour: words, scale: unit })
      fillRectangle(this.#still, { x: this.#left, y: top, width: this.#span, height: bottom - top }, lane)
      const bar = (from: number, to: number, height: number, colour: Rgb, y = bottom - height) => {
        const x = this.#at(from)
        fillRectangle(this.#still, { x, y, width: Math.max(this.#at(to) - x, unit), height }, colour)
      }
      bar(face.startSeconds, face.endSeconds, unit, there)
      for (const { startSeconds, endSeconds, probability, snippets } of face.clips) {
        bar(
          startSeconds,
          endSeconds,
          Math.max(probability * laneHeight, 2) * unit,
          verdictColours[calledAt(probability, model)],
        )
        for (const seen of snippets) bar(seen.startSeconds, seen.endSeconds, unit, white, bottom + unit)
      }
    }
  }

  #drawLegend(): void {
    const unit = this.#unit
    const y = this.height - 10 * unit
    const swatch = 7 * unit
    let x = 6 * unit + measureText('0:00:00.0', unit).width + 6 * unit
    const entry = (colours: readonly Rgb[], texts: readonly string[]) => {
      const left = x + colours.length * swatch + 3 * unit
      const text = texts.find((text) => left + measureText(text, unit).width <= this.#still.width - 4 * unit)
      if (text === undefined) return
      for (const [i, colour] of colours.entries()) {
        fillRectangle(this.#still, { x: x + i * swatch, y, width: swatch, height: swatch }, colour)
      }
      drawText(this.#still, text, left, y, { colour: words, scale: unit })
      x = left + measureText(text, unit).width + 8 * unit
    }
    for (const verdict of ['fake', 'uncertain', 'real'] as const) entry([verdictColours[verdict]], [verdict])
    entry([0.45, 0.65, 0.85].map(heatColour), ['evidence for fake, fading around the frames seen', 'evidence'])
  }
}

const laneHeight = 14
const laneStep = 18

function labelOf({ track, verdict, probability }: DetectedFace): string {
  return `#${track} ${verdictWords[verdict]} ${percentText(probability)}`
}
