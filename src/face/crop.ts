import type { Region, Size } from '../video/image.ts'
import type { Point, TrackFrame } from './face.ts'
import { centreOf, squareAt } from './geometry.ts'
import { firstFrom } from './interpolate.ts'
import { median } from './quality.ts'

/** Side of a crop over the width of the box: the whole head, as "1.3 x" crops of the field's other detectors show it. */
const enlargement = 1.45
/** How far the centre of the crop is above that of the box, over the side of the crop: foreheads are higher than chins low. */
const lift = 0.08

/** Within this, in widths of the box, crops of a face lie whatever the frames around it are like, but for fast zooms. */
const reach = 2.4

/** What to keep of a frame from which a face may be cut out later. */
export function surroundings(box: Region): Region {
  const [x, y] = centreOf(box)
  return squareAt([x, y - lift * enlargement * box.width], reach * box.width)
}

/** The centre is averaged over so many seconds before and after, in so many steps, the weight falling to 0 at the ends. */
const smoothing = 0.25
const steps = 8

/** Crops lie on a grid of the largest power of two that is not above this part of their side. */
const finest = 1 / 512

/**
 * The squares to cut a face out of the frames of a clip. Their size is the same in all of them: from the median of the
 * boxes. Their centres follow the face smoothly: a crop that trembles looks like a forgery. Smoothing is by a triangle of
 * half a second, whose spread is that of the mean over nine frames of 25 a second; it does not depend on how often the
 * video was looked at. Between looks the face is thought to move on straight lines, beyond the first and last to stand.
 *
 * The numbers are the same in every engine: sums, products and quotients of numbers on a grid.
 * @param frames of a track, at least one, in the order of time
 * @param seconds of the clip's frames, from the first frame of the video
 */
export function cropRegions(frames: readonly TrackFrame[], seconds: readonly number[]): Region[] {
  const side = enlargement * median(seconds.map((time) => between(frames, time, ({ box }) => box.width)))
  const grid = gridFor(side)
  const whole = Math.round(side / grid) * grid
  return seconds.map((time) => {
    const [x, y] = smoothCentre(frames, time)
    const square = squareAt([x, y - lift * side], whole)
    return { ...square, x: Math.round(square.x / grid) * grid, y: Math.round(square.y / grid) * grid }
  })
}

/**
 * Where the box of the face lies in a crop, as far as the face is where its track says.
 * @param size of the crop in pixels
 * @param margin how many times as wide as the square of `cropRegions`, around the same centre, the crop was made
 */
export function faceBoxInCrop({ width, height }: Size, margin = 1): Region {
  return squareAt([width / 2, height / 2 + (lift * height) / margin], width / margin / enlargement)
}

function smoothCentre(frames: readonly TrackFrame[], seconds: number): Point {
  let [x, y] = [0, 0]
  for (let step = 1 - steps; step < steps; step++) {
    const weight = (steps - Math.abs(step)) / steps ** 2
    const time = seconds + (step * smoothing) / steps
    x += weight * between(frames, time, ({ box }) => centreOf(box)[0])
    y += weight * between(frames, time, ({ box }) => centreOf(box)[1])
  }
  return [x, y]
}

/** A number of a track at some time. */
function between(frames: readonly TrackFrame[], seconds: number, of: (frame: TrackFrame) => number): number {
  const after = firstFrom(frames, seconds)
  const last = frames[Math.max(after - 1, 0)]!
  const next = frames[Math.min(after, frames.length - 1)]!
  if (last === next) return of(last)
  return of(last) + ((of(next) - of(last)) * (seconds - last.seconds)) / (next.seconds - last.seconds)
}

function gridFor(side: number): number {
  let grid = 1 / 8
  while (2 * grid <= side * finest) grid *= 2
  return grid
}
