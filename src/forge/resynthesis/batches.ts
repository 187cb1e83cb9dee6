import type { Random } from '../../tensor/random.ts'
import { type Tensor, zeros } from '../../tensor/tensor.ts'
import type { Image } from '../../video/image.ts'
import { sharpen } from '../pixels/detail.ts'
import { Field } from '../pixels/field.ts'
import { addNoise } from '../pixels/noise.ts'
import { sample } from '../pixels/sample.ts'
import { cutSquare } from './cut-square.ts'
import { asImage, toPlanes } from './pixels.ts'
import type { GeneratorShape } from './shapes.ts'
import { changedSquare, squareOf } from './square.ts'
import type { TrainingFace } from './training-face.ts'

/** What a generator is shown, and what it is to make of it. */
export interface GeneratorBatch {
  /** [B, 3, size, size], -1 to 1. */
  readonly input: Tensor<'float32'>
  readonly target: Tensor<'float32'>
}

/** Draws faces, each in a place, size and turn of its own, and disturbs what is shown of them. */
export function drawBatch(
  faces: readonly TrainingFace[],
  { part, size }: GeneratorShape,
  batch: number,
  random: Random,
): GeneratorBatch {
  const shape = [batch, 3, size, size]
  const [input, target] = [zeros('float32', shape), zeros('float32', shape)]
  for (let i = 0; i < batch; i++) {
    const { image, points } = drawFace(faces, random)
    const shift = [random.normal(0, 0.02), random.normal(0, 0.02)] as const
    const square = changedSquare(squareOf(points, part), random.uniform(0.92, 1.1), random.uniform(-0.1, 0.1), shift)
    const cut = asImage(cutSquare(image, square, size), size)
    const face = random.bernoulli(0.5) ? mirrored(cut) : cut
    toPlanes(face.data, target.data, i * 3 * size * size)
    toPlanes(disturbed(face, random), input.data, i * 3 * size * size)
  }
  return { input, target }
}

/** Of two faces the larger: those seen closely teach more. */
function drawFace(faces: readonly TrainingFace[], random: Random): TrainingFace {
  const [one, other] = [faces[random.integer(faces.length)]!, faces[random.integer(faces.length)]!]
  return other.width > one.width ? other : one
}

const field = new Field()
/** Farthest that a node of the net is moved by which a picture is bent, pixels. */
const bend = 1

/** A little bent, sometimes blurred, and noisy: what comes out is then made up, not copied. */
function disturbed(face: Image, random: Random): Uint8ClampedArray {
  const { width, height } = face
  const bounds = { left: 0, top: 0, right: width, bottom: height }
  field.set((point) => {
    for (const axis of [0, 1]) point[axis]! += random.uniform(-bend, bend)
  }, bounds)
  const colours = new Float32Array(face.data.length)
  sample(face, field, bounds, colours)
  if (random.bernoulli(0.4)) sharpen(colours, face, random.uniform(-1, 0))
  const pixels = Uint8ClampedArray.from(colours)
  addNoise(pixels, 3 * width, random.uniform(0, 4), random)
  return pixels
}

function mirrored({ width, height, data }: Image): Image {
  const result = new Uint8Array(data.length)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const from = 3 * (row * width + column)
      result.set(data.subarray(from, from + 3), 3 * (row * width + width - 1 - column))
    }
  }
  return { width, height, data: result }
}
