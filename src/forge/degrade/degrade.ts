import { UnmaskError } from '../../errors.ts'
import type { Random } from '../../tensor/random.ts'
import { rgbColour } from '../../video/colour.ts'
import type { Colour, Frame } from '../../video/frame.ts'
import type { Image } from '../../video/image.ts'
import { recodeFrames } from '../../video/node/recode.ts'
import { planesOfImage } from '../../video/planes-of-image.ts'
import { resize } from '../../video/sample/resize.ts'
import { applyMatrix, toning } from '../pixels/colour-matrix.ts'
import { sharpen } from '../pixels/detail.ts'
import { blurAlong, blurImage, smoothed } from '../pixels/image-blur.ts'
import { addNoise } from '../pixels/noise.ts'
import type { DegradePlan } from './degrade-plan.ts'

/** What a plan does not say of a clip. */
export interface DegradeContext {
  /** How much larger a crop is than what a network is shown of it. */
  readonly margin: number
  readonly snippets: number
  readonly frameRate: number
}

/**
 * What cameras, programs and codecs do to a clip, as YUV in the end.
 *
 * Snippets go through the codec in one stream. Before each of them come up to two frames that nobody sees: its own
 * first ones in reverse, so that the first is not always a key frame, and the jump from snippet to snippet falls on
 * what is thrown away.
 * @param random of the noise
 */
export function degrade(
  images: readonly Image[],
  plan: DegradePlan,
  { margin, snippets, frameRate }: DegradeContext,
  random: Random,
): Frame[] {
  const colour: Colour = plan.jpeg ? rgbColour : { matrix: plan.matrix, range: 'limited', chroma: 'left' }
  const frames = images.map((image, i) => frameOf(worsened(image, plan, margin, random.fork(i)), colour))
  const once = plan.jpeg ? recodeFrames(frames, { codec: 'jpeg', ...plan.jpeg }) : frames
  if (!plan.h264) return once
  const { crf, effort, lead } = plan.h264
  const order = withLeads(frames.length, snippets, lead)
  const recoded = recodeFrames(
    order.map(({ frame }) => once[frame]!),
    { codec: 'h264', crf, effort, frameRate },
  )
  return recoded.filter((_, i) => order[i]!.kept)
}

/** The order in which frames are encoded: those of each snippet after some of them in reverse. */
export function withLeads(frames: number, snippets: number, lead: number): { frame: number; kept: boolean }[] {
  const each = frames / snippets
  if (!Number.isInteger(each)) throw new UnmaskError('option-invalid', `${frames} frames are not ${snippets} snippets`)
  const before = Math.min(lead, each - 1)
  return Array.from({ length: snippets }, (_, snippet) => [
    ...Array.from({ length: before }, (_, i) => ({ frame: snippet * each + before - i, kept: false })),
    ...Array.from({ length: each }, (_, i) => ({ frame: snippet * each + i, kept: true })),
  ]).flat()
}

function worsened(image: Image, plan: DegradePlan, margin: number, random: Random): Image {
  const side = evenSide(Math.min((plan.side ?? Infinity) * margin, image.width))
  let result = side === image.width ? image : resize(image, { width: side, height: side })
  if (plan.blur) {
    const { deviation, heading } = plan.blur
    result = heading === undefined ? blurImage(result, deviation) : blurAlong(result, deviation, heading)
  }
  if (plan.denoise !== undefined) result = smoothed(result, plan.denoise)
  if (plan.colour || plan.noise !== undefined || plan.sharpen !== undefined) {
    const clamped = plan.sharpen === undefined ? new Uint8ClampedArray(result.data) : sharpened(result, plan.sharpen)
    if (plan.colour) applyMatrix(toning(plan.colour), clamped, clamped.length / 3)
    if (plan.noise !== undefined) addNoise(clamped, 3 * side, plan.noise, random)
    result = { width: side, height: side, data: new Uint8Array(clamped.buffer) }
  }
  return result
}

function sharpened(image: Image, amount: number): Uint8ClampedArray<ArrayBuffer> {
  const colours = Float32Array.from(image.data)
  sharpen(colours, image, amount)
  return Uint8ClampedArray.from(colours)
}

/** H.264 takes even sizes; both of a pair must be brought to one in the same way. */
function evenSide(side: number): number {
  return Math.max(2 * Math.round(side / 2), 16)
}

function frameOf(image: Image, colour: Colour): Frame {
  const { width, height } = image
  const upright = { rotation: 0, flip: false, pixelAspect: 1, seconds: 0, index: undefined } as const
  return { width, height, colour, ...upright, data: planesOfImage(image, colour) }
}
