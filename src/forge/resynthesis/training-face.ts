import type { CropCache } from '../../dataset/cache/cache.ts'
import type { CropSettings } from '../../dataset/cache/settings.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import type { Random } from '../../tensor/random.ts'
import type { Image } from '../../video/image.ts'
import { type FacePoints, facePoints } from './square.ts'

/** A real face to learn from. */
export interface TrainingFace {
  readonly image: Image
  /** In pixels of the image. */
  readonly points: FacePoints
  /** Of the face, in display pixels of the picture that it is from. */
  readonly width: number
}

/** How faces are cut out for generators: of a video a few frames far apart, the inner face some 120 pixels wide. */
export const generatorCrops: CropSettings = {
  layout: { snippets: 1, frames: 1 },
  clips: 8,
  span: 2,
  rate: 1,
  size: 192,
  margin: 1.1,
  landmarks: true,
}

/**
 * Faces of authentic videos and pictures: the first of each clip in the cache.
 * @param entries in any order; fakes are passed over
 * @param most that are kept, of all of them drawn by `random`
 * @throws what `CropCache.clips` throws; or the signal's reason
 */
export async function trainingFaces(
  cache: CropCache,
  entries: readonly DataEntry[],
  most: number,
  random: Random,
  signal?: AbortSignal,
): Promise<TrainingFace[]> {
  const faces: TrainingFace[] = []
  const real = entries.filter(({ label }) => label === 'real')
  for (const at of random.permutation(real.length)) {
    signal?.throwIfAborted()
    for (const { images, landmarks, faceWidth } of await cache.clips(real[at]!)) {
      const { width, height, data } = images[0]!
      // a copy: the clip's frames are all in one piece of memory
      faces.push({ image: { width, height, data: data.slice() }, points: facePoints(landmarks[0]!), width: faceWidth })
      if (faces.length === most) return faces
    }
  }
  return faces
}
