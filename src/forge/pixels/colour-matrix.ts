import type { Colours } from './sample.ts'

/** Three rows of four: of red, green and blue the factors of red, green and blue and what is added (levels of 255). */
export type ColourMatrix = Float64Array

export const noChange: ColourMatrix = Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0)

/** First the one, then the other. */
export function followedBy(first: ColourMatrix, second: ColourMatrix): ColourMatrix {
  const result = new Float64Array(12)
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 4; column++) {
      let sum = column === 3 ? second[4 * row + 3]! : 0
      for (let k = 0; k < 3; k++) sum += second[4 * row + k]! * first[4 * k + column]!
      result[4 * row + column] = sum
    }
  }
  return result
}

/** How colours are to be changed. All optional: nothing else changes. */
export interface Toning {
  /** Added to red, green and blue, levels of 255. */
  readonly shift?: readonly [number, number, number]
  /** Turn about the greys, radians. */
  readonly hue?: number
  /** Factor of what is not grey. */
  readonly saturation?: number
  /** Factor of the distance to middle grey. */
  readonly contrast?: number
  /** Share of the range, added to all. */
  readonly brightness?: number
}

/** Greys stay grey under `hue` and `saturation`; luma is that of BT.601. */
export function toning({ shift, hue = 0, saturation = 1, contrast = 1, brightness = 0 }: Toning): ColourMatrix {
  const light = 128 * (1 - contrast) + 255 * brightness
  const [red, green, blue] = shift ?? [0, 0, 0]
  const tone = Float64Array.of(
    ...[contrast, 0, 0, light + red],
    ...[0, contrast, 0, light + green],
    ...[0, 0, contrast, light + blue],
  )
  return followedBy(chroma(hue, saturation), tone)
}

const luma = [0.299, 0.587, 0.114] as const

/** A turn about the axis of the greys (Rodrigues' formula), then what differs from luma times the factor. */
function chroma(hue: number, saturation: number): ColourMatrix {
  const cosine = Math.cos(hue)
  const along = (1 - cosine) / 3
  const across = Math.sin(hue) / Math.sqrt(3)
  const turn = Float64Array.of(
    ...[cosine + along, along - across, along + across, 0],
    ...[along + across, cosine + along, along - across, 0],
    ...[along - across, along + across, cosine + along, 0],
  )
  const grey = luma.map((share) => share * (1 - saturation))
  const fade = Float64Array.from({ length: 12 }, (_, i) =>
    i % 4 === 3 ? 0 : grey[i % 4]! + (i % 4 === i >> 2 ? saturation : 0),
  )
  return followedBy(turn, fade)
}

export function changesNothing(matrix: ColourMatrix): boolean {
  return matrix.every((value, i) => value === noChange[i])
}

/** Changes colours in place. @param count of pixels */
export function applyMatrix(m: ColourMatrix, colours: Colours, count: number): void {
  const [a, b, c, d, e, f] = [m[0]!, m[1]!, m[2]!, m[3]!, m[4]!, m[5]!]
  const [g, h, i, j, k, l] = [m[6]!, m[7]!, m[8]!, m[9]!, m[10]!, m[11]!]
  for (let at = 0; at < 3 * count; at += 3) {
    const red = colours[at]!
    const green = colours[at + 1]!
    const blue = colours[at + 2]!
    colours[at] = a * red + b * green + c * blue + d
    colours[at + 1] = e * red + f * green + g * blue + h
    colours[at + 2] = i * red + j * green + k * blue + l
  }
}
