import type { FaceClip } from '../clip/reader.ts'
import type { Landmarker } from '../face/landmarks/landmarker.ts'
import type { Landmarks } from '../face/landmarks/landmarks.ts'
import type { Image } from '../video/image.ts'
import type { SeenClip } from './face/seen-clip.ts'
import type { DetectorParts } from './parts.ts'
import { recompressed } from './recompress/recompressed.ts'

/**
 * Looks at a clip of a face: scores it and its recompressed copy, and finds the landmarks of each snippet.
 * @param clip with a `view`
 */
export async function look(
  clip: FaceClip,
  { scorer, landmarker }: DetectorParts,
  stop: { readonly signal?: AbortSignal },
): Promise<SeenClip> {
  const { images } = clip
  const [score, copy, landmarks] = await Promise.all([
    scorer.clip(images, stop),
    scorer.clip(recompressed(images), stop),
    snippetLandmarks(images, scorer.input, landmarker, stop),
  ])
  return { clip: clip as Required<FaceClip>, score, recompressed: copy.probability, landmarks }
}

/** Those of the frame in the middle: in the fractions of a second of a snippet, a crop that follows the face shows it alike. */
function snippetLandmarks(
  images: readonly Image[],
  { snippets, frames }: { readonly snippets: number; readonly frames: number },
  landmarker: Landmarker,
  stop: { readonly signal?: AbortSignal },
): Promise<Landmarks[]> {
  const middles = Array.from({ length: snippets }, (_, snippet) => images[snippet * frames + (frames >> 1)]!)
  return Promise.all(middles.map((image) => landmarker.locate(image, stop)))
}
