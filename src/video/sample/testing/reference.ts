import { displaySize, type Frame, type Picture, planesOf } from '../../frame.ts'
import type { Region, Size } from '../../image.ts'

// What `crop` means, said plainly and slowly: one sum over all samples for each pixel, no axes, no rows, no buffers.

interface Grid {
  readonly width: number
  readonly height: number
  readonly at: (x: number, y: number) => number
}

const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most)

function gridOf(data: Uint8Array, width: number, height: number): Grid {
  return { width, height, at: (x, y) => data[clamp(y, height - 1) * width + clamp(x, width - 1)]! }
}

function halved({ width, height, at }: Grid): Grid {
  const size = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) }
  const means = new Uint8Array(size.width * size.height)
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const mean = (at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1)) / 4
      const below = Math.floor(mean)
      means[y * size.width + x] = mean - below === 0.5 ? below + (below % 2) : Math.round(mean)
    }
  }
  return gridOf(means, size.width, size.height)
}

/** The triangle filter at (x, y), in samples of which the first lies at (1/2, 1/2). */
function filtered(grid: Grid, x: number, y: number, scaleX: number, scaleY: number): number {
  if (Math.min(scaleX, scaleY) >= 4) return filtered(halved(grid), x / 2, y / 2, scaleX / 2, scaleY / 2)
  const [reachX, reachY] = [Math.max(scaleX, 1), Math.max(scaleY, 1)]
  let sum = 0
  let weights = 0
  for (let row = Math.floor(y - reachY) - 1; row <= y + reachY + 1; row++) {
    for (let column = Math.floor(x - reachX) - 1; column <= x + reachX + 1; column++) {
      const [dx, dy] = [Math.abs(column + 0.5 - x) / reachX, Math.abs(row + 0.5 - y) / reachY]
      const weight = Math.max(0, 1 - dx) * Math.max(0, 1 - dy)
      sum += weight * grid.at(column, row)
      weights += weight
    }
  }
  return sum / weights
}

/** Where a point of the picture as shown lies in the picture as stored. */
function stored(picture: Picture, x: number, y: number): [x: number, y: number] {
  const upright = displaySize({ ...picture, rotation: 0 })
  const shown = displaySize(picture)
  let [across, down] = [picture.flip ? shown.width - x : x, y]
  let { width } = shown
  let { height } = shown
  for (let turned = 0; turned < picture.rotation; turned += 90) {
    // a quarter turn anticlockwise: the right edge becomes the top
    ;[across, down] = [down, width - across]
    ;[width, height] = [height, width]
  }
  return [(across * picture.width) / upright.width, down]
}

const kr = { bt601: 0.299, bt709: 0.2126, bt2020: 0.2627 }
const kb = { bt601: 0.114, bt709: 0.0722, bt2020: 0.0593 }

/** The three colours, not rounded. */
function rgbOf({ colour }: Frame, y: number, u: number, v: number): [number, number, number] {
  const limited = colour.range === 'limited'
  const luma = limited ? (y - 16) / 219 : y / 255
  const [cb, cr] = [(u - 128) / (limited ? 224 : 255), (v - 128) / (limited ? 224 : 255)]
  const [red, blue] = [kr[colour.matrix], kb[colour.matrix]]
  const r = luma + 2 * (1 - red) * cr
  const b = luma + 2 * (1 - blue) * cb
  const g = (luma - red * r - blue * b) / (1 - red - blue)
  return [255 * r, 255 * g, 255 * b]
}

/** RGB of a crop, within 0 to 255, not rounded: [height, width, 3]. */
export function referenceCrop(frame: Frame, region: Region, size: Size, outside: 'repeat' | 'black'): Float64Array {
  const planes = planesOf(frame)
  const luma = gridOf(planes.y, frame.width, frame.height)
  const chroma = [planes.u, planes.v].map((plane) => gridOf(plane, planes.chromaWidth, planes.chromaHeight))
  const shown = displaySize(frame)
  const upright = displaySize({ ...frame, rotation: 0 })
  const perPixel = [region.width / size.width, region.height / size.height] as const
  const [alongX, scaleY] = frame.rotation % 180 === 0 ? perPixel : [perPixel[1], perPixel[0]]
  const scaleX = (alongX * frame.width) / upright.width
  const shiftX = frame.colour.chroma === 'centre' ? 0 : 0.25
  const shiftY = frame.colour.chroma === 'top-left' ? 0.25 : 0
  const result = new Float64Array(3 * size.width * size.height)
  for (let row = 0; row < size.height; row++) {
    for (let column = 0; column < size.width; column++) {
      const [x, y] = [region.x + (column + 0.5) * perPixel[0], region.y + (row + 0.5) * perPixel[1]]
      if (outside === 'black' && (x < 0 || y < 0 || x >= shown.width || y >= shown.height)) continue
      const [sx, sy] = stored(frame, x, y)
      const [u, v] = chroma.map((plane) => filtered(plane, sx / 2 + shiftX, sy / 2 + shiftY, scaleX / 2, scaleY / 2))
      const colours = rgbOf(frame, filtered(luma, sx, sy, scaleX, scaleY), u!, v!)
      result.set(
        colours.map((value) => clamp(value, 255)),
        3 * (row * size.width + column),
      )
    }
  }
  return result
}
