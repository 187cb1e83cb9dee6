import type { Region } from '../video/image.ts'
import type { Candidate } from './candidate.ts'
import type { Point } from './face.ts'
import { overlap } from './geometry.ts'

/**
 * Weighted non-maximum suppression: each face is the mean, weighted by score, of the candidates that overlap the best of
 * them; its score is the best one's. Best first.
 * @param least overlap (intersection over union) from which on two candidates are one face
 * Source: BlazeFace (Bazarevsky et al. 2019), "blending strategy".
 */
export function suppress(candidates: readonly Candidate[], least = 0.3): Candidate[] {
  let left = candidates.toSorted((a, b) => b.score - a.score)
  const faces: Candidate[] = []
  while (left.length > 0) {
    const best = left[0]!
    const same = left.filter((other) => other === best || overlap(best.box, other.box) > least)
    faces.push(same.length === 1 ? best : { ...best, ...meanOf(same) })
    left = left.filter((other) => !same.includes(other))
  }
  return faces
}

function meanOf(candidates: readonly Candidate[]): Pick<Candidate, 'box' | 'points'> {
  const total = candidates.reduce((sum, { score }) => sum + score, 0)
  const mean = (of: (candidate: Candidate) => number) =>
    candidates.reduce((sum, candidate) => sum + candidate.score * of(candidate), 0) / total
  const side = (key: keyof Region) => mean(({ box }) => box[key])
  return {
    box: { x: side('x'), y: side('y'), width: side('width'), height: side('height') },
    points: candidates[0]!.points.map(
      (_, i): Point => [mean(({ points }) => points[i]![0]), mean(({ points }) => points[i]![1])],
    ),
  }
}
