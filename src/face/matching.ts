import type { Face } from './face.ts'
import { centreOf, distance } from './geometry.ts'
import type { Look, SeenFace } from './look.ts'
import { portraitDistance } from './portrait.ts'
import { cut, sceneDistance } from './scene.ts'
import type { Trail } from './trail.ts'

/** Cost of a trail that goes on nowhere; any pair that can be is cheaper. */
export const aloneCost = 2

/** What happened since a trail's last look, if the face is the same. */
interface Step {
  /** Seconds. */
  readonly gap: number
  /** From the expected place to the face, in widths of the face. */
  readonly apart: number
  /** The larger width over the smaller. */
  readonly growth: number
  /** How far eyes, nose and mouth are from where they were, on average, in widths of the face. */
  readonly moved: number
  /** `sceneDistance`. */
  readonly change: number
}

/**
 * Cost of taking a face for the one of a trail; undefined when it cannot be. How different it may look
 * (`portraitDistance`) depends on how it got there. The numbers are measured: docs/faces.md.
 */
export function matchCost(trail: Trail, look: Look, { face, portrait }: SeenFace): number | undefined {
  const step = stepOf(trail, look, face)
  const limit = limitOf(step)
  const different = Math.min(portraitDistance(trail.portrait, portrait), portraitDistance(trail.memory, portrait))
  return different > limit ? undefined : different / limit + 0.5 * Math.min(step.apart / farApart, 1)
}

function stepOf(trail: Trail, { seconds, scene }: Look, face: Face): Step {
  const { last } = trail
  const [before, now] = [last.box.width, face.box.width]
  const features = ['leftEye', 'rightEye', 'nose', 'mouth'] as const
  const moved = features.reduce((sum, name) => sum + distance(last.keypoints[name], face.keypoints[name]), 0)
  return {
    gap: seconds - last.seconds,
    apart: distance(centreOf(trail.expectedAt(seconds)), centreOf(face.box)) / Math.min(before, now),
    growth: Math.max(before, now) / Math.min(before, now),
    moved: moved / features.length / before,
    change: sceneDistance(trail.scene, scene),
  }
}

/** Widths of a face: one that was gone for long is near within it. */
const farApart = 1.5

function limitOf(step: Step): number {
  if (hasStayed(step)) return 1.5
  const { gap, apart, growth, change } = step
  // After a cut nothing moves on, but the same camera shows the same person in the same place.
  if (change >= cut) return apart <= 0.75 && growth <= 1.35 ? 0.85 : elsewhere
  const near = apart <= Math.min(0.5 + 2 * gap, farApart) && growth <= Math.min(1.4 + gap, 2)
  if (!near) return elsewhere
  // Cuts between people in one room change the scene little, but more than motion does in so short a time.
  return Math.min(Math.max(1 - 2.7 * (change - 0.5 * gap), 0.6), 1)
}

/** Where nothing but its looks speaks for a face. */
const elsewhere = 0.5

/** A face whose features are in their places a moment later has gone on, whatever happened around it. */
function hasStayed({ gap, moved }: Step): boolean {
  return gap <= 0.25 && moved < 0.027
}
