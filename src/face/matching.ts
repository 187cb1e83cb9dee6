import { centreOf, distance } from './geometry.ts'
import type { Look, SeenFace } from './look.ts'
import { portraitDistance } from './portrait.ts'
import { cut, sceneDistance } from './scene.ts'
import type { Trail } from './trail.ts'

/** Cost of a trail that goes on nowhere; any pair that can be is cheaper. */
export const aloneCost = 2

/**
 * Cost of taking a face for the one of a trail; undefined when it cannot be. What may differ (`portraitDistance`) depends
 * on where the face is: much in the same place of the same shot, little elsewhere, where only looks speak for it.
 */
export function matchCost(trail: Trail, look: Look, { face, portrait }: SeenFace): number | undefined {
  const gap = look.seconds - trail.last.seconds
  const { width } = trail.last.box
  const apart = distance(centreOf(trail.expectedAt(look.seconds)), centreOf(face.box)) / Math.min(width, face.box.width)
  const growth = Math.max(width, face.box.width) / Math.min(width, face.box.width)
  const sameShot = sceneDistance(trail.scene, look.scene) < cut
  const limit = sameShot ? limitInShot(gap, apart, growth) : limitAcrossCut(apart, growth)
  const different = Math.min(portraitDistance(trail.portrait, portrait), portraitDistance(trail.memory, portrait))
  return different > limit ? undefined : different / limit + 0.5 * Math.min(apart / farApart, 1)
}

/** Widths of a face from where a long absent one is thought to be. */
const farApart = 1.5

/** @param apart from the expected place, in widths of the face; @param growth the larger width over the smaller */
function limitInShot(gap: number, apart: number, growth: number): number {
  const near = apart <= Math.min(0.5 + 2 * gap, farApart) && growth <= Math.min(1.4 + gap, 2)
  return near ? 1 : 0.6
}

/** After a cut nothing moves on: the same camera shows the same person in the same place. */
function limitAcrossCut(apart: number, growth: number): number {
  return apart <= 0.75 && growth <= 1.35 ? 0.75 : 0.5
}
