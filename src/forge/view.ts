import type { Random } from '../tensor/random.ts'
import type { Frame } from '../video/frame.ts'
import type { Image } from '../video/image.ts'
import { crop } from '../video/sample/crop.ts'
import { Layer } from '../video/sample/layer.ts'
import { either, within } from './draw.ts'
import type { ForgeRecipe } from './recipe.ts'

/** Which part of a crop is shown; shares of its side. Plain data. */
export interface ViewPlan {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly flip: boolean
}

/** @param margin how much larger a crop is than what a network is shown of it */
export function drawView(recipe: ForgeRecipe['view'], margin: number, random: Random): ViewPlan {
  const shown = 1 / margin
  const side = Math.min(within(random, recipe.zoom) * shown, 1)
  const place = () => {
    const wanted = (1 - side) / 2 + either(random, recipe.shift * shown)
    return Math.min(Math.max(wanted, 0), 1 - side)
  }
  return { x: place(), y: place(), side, flip: random.bernoulli(recipe.flip) }
}

/** The part of a frame as detection would cut it out. @param size side of the result, pixels */
export function viewOf(frame: Frame, { x, y, side, flip }: ViewPlan, size: number): Image {
  const whole = frame.width
  const left = flip ? 1 - side - x : x
  const region = { x: left * whole, y: y * whole, width: side * whole, height: side * whole }
  return crop({ ...frame, flip }, region, { width: size, height: size })
}

const layer = new Layer()

/** The same part of a mask, [height, width], by the same filter. @param maskSide side of the mask, pixels */
export function viewOfMask(
  mask: Uint8Array,
  maskSide: number,
  { x, y, side, flip }: ViewPlan,
  size: number,
): Uint8Array<ArrayBuffer> {
  const scale = (side * maskSide) / size
  const result = new Uint8ClampedArray(size * size)
  layer.prepare(
    { data: mask, offset: 0, stride: maskSide },
    { width: maskSide, height: maskSide },
    { start: x * maskSide, scale, count: size },
    { start: y * maskSide, scale, count: size },
  )
  for (let row = 0; row < size; row++) {
    const values = layer.row(row)
    for (let column = 0; column < size; column++) {
      result[row * size + (flip ? size - 1 - column : column)] = values[column]!
    }
  }
  return new Uint8Array(result.buffer)
}
