import type { Region } from '../video/image.ts'
import { type Keypoints, keypointNames, type TrackFrame } from './face.ts'
import { onGrid } from './grid.ts'

/** Where a face is at some time. */
export type Placed = Pick<TrackFrame, 'box' | 'keypoints' | 'seconds'>

/**
 * Where the face of a track is between two looks, on a straight line from one to the other.
 * @param frames of a track
 * @param seconds from the first frame of the video
 * @param longest gap between two looks, in seconds, within which the face is thought to be there
 * @returns undefined before the first look, after the last, and in longer gaps
 */
export function interpolate(frames: readonly TrackFrame[], seconds: number, longest = 1): Placed | undefined {
  const after = firstFrom(frames, seconds)
  const next = frames[after]
  if (next?.seconds === seconds) return next
  const last = frames[after - 1]
  if (!next || !last || next.seconds - last.seconds > longest) return undefined
  const part = (seconds - last.seconds) / (next.seconds - last.seconds)
  const between = (a: number, b: number) => onGrid(a + part * (b - a))
  const keypoints = Object.fromEntries(
    keypointNames.map((name) => [name, [0, 1].map((i) => between(last.keypoints[name][i]!, next.keypoints[name][i]!))]),
  ) as unknown as Keypoints
  const side = (key: keyof Region) => between(last.box[key], next.box[key])
  const box = { x: side('x'), y: side('y'), width: side('width'), height: side('height') }
  return { box, keypoints, seconds }
}

/** How many frames are before the time. */
export function firstFrom(frames: readonly { readonly seconds: number }[], seconds: number): number {
  let low = 0
  let high = frames.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (frames[middle]!.seconds < seconds) low = middle + 1
    else high = middle
  }
  return low
}
