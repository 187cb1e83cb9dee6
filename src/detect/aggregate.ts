/** Faces narrower than this part of the widest one are not what a video is about: people in the background, pictures. */
export const leastWidth = 0.5

/**
 * A face's probability: the mean of those of its clips. Not of their logits: a network that is sure of one clip (a logit
 * of 12) would outvote nine others, and being too sure is what networks are known for; and the mean of probabilities is
 * what the field compares video scores by (DeepfakeBench and the test code of most methods).
 */
export function faceProbability(clips: readonly { readonly probability: number }[]): number {
  return clips.reduce((sum, { probability }) => sum + probability, 0) / clips.length
}

/**
 * A video's probability: the largest of its faces, as one forged face makes a forged video. Faces less than half as wide
 * as the widest do not count: the more faces, the larger the largest of their errors, and small ones have the most.
 */
export function videoProbability(faces: readonly { readonly width: number; readonly probability: number }[]): number {
  return Math.max(...mainFaces(faces).map(({ probability }) => probability))
}

/** The faces that a video's probability is of. */
export function mainFaces<Face extends { readonly width: number }>(faces: readonly Face[]): Face[] {
  const widest = Math.max(...faces.map(({ width }) => width))
  return faces.filter(({ width }) => width >= leastWidth * widest)
}

/** The widest face, of several the first. @param faces at least one */
export function widestFace<Face extends { readonly width: number }>(faces: readonly Face[]): Face {
  return faces.reduce((widest, face) => (face.width > widest.width ? face : widest))
}
