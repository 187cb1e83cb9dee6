import type { Image } from '../../video/image.ts'
import { onLandmarkGrid } from './grid.ts'
import type { Landmarker } from './landmarker.ts'
import type { Landmarks } from './landmarks.ts'
import type { LocateOptions } from './options.ts'
import { squareOfLandmarks } from './square-of-face.ts'

/**
 * The landmarks of a face in consecutive frames of a clip, smoothed. Each frame is looked at on its own: a frame that shows
 * something else spoils no other.
 * @param images crops of one face, as `cropRegions` makes them
 * @param options for each of them
 * @throws what `Landmarker.locate` throws
 */
export async function locateSequence(
  landmarker: Landmarker,
  images: Iterable<Image>,
  options: LocateOptions = {},
): Promise<Landmarks[]> {
  const found: Landmarks[] = []
  for (const image of images) found.push(await landmarker.locate(image, options))
  return smoothed(found)
}

/** Over so much of the side of the face's square, a step from frame to frame is as likely motion as trembling. */
const trembling = 0.004

/**
 * Takes the trembling out of landmarks: of each point the mean with its places in the frames before and after, which count
 * half as much where it stands still and the less the farther it moved. Lips and lids that move are not held back, and nothing
 * crosses a cut.
 * @param frames in the order of time
 */
export function smoothed(frames: readonly Landmarks[]): Landmarks[] {
  return frames.map((here, i) => {
    const near = trembling * squareOfLandmarks(here).side
    const neighbours = [frames[i - 1], frames[i + 1]].filter((frame) => frame !== undefined)
    const result = new Float32Array(here.length)
    for (let k = 0; k < here.length; k += 2) {
      let [x, y, sum] = [here[k]!, here[k + 1]!, 1]
      for (const other of neighbours) {
        const squared = (other[k]! - here[k]!) ** 2 + (other[k + 1]! - here[k + 1]!) ** 2
        const weight = 0.5 / (1 + squared / near ** 2)
        x += weight * other[k]!
        y += weight * other[k + 1]!
        sum += weight
      }
      result[k] = onLandmarkGrid(x / sum)
      result[k + 1] = onLandmarkGrid(y / sum)
    }
    return result
  })
}
