import { type ClipLayout, type ClipPlan, planClips } from '../clip/plan.ts'

/** Clips of a short video, at most, */
export const clipsOfShort = 8
/** and of a long one: one each so many seconds, so that what is forged for a minute is met twice, */
const seconds = 30
/** but no more than these: two hours. */
const many = 240

/**
 * Where to look in a video.
 * @param every seconds from one clip to the next; default: see `DetectOptions`
 */
export function clipsToLookAt(
  durationSeconds: number,
  layout: ClipLayout,
  frameRate: number | undefined,
  every?: number,
): ClipPlan {
  const whole = { from: 0, to: durationSeconds }
  if (every === undefined) {
    const clips = Math.min(Math.max(clipsOfShort, Math.floor(durationSeconds / seconds)), many)
    return planClips([whole], layout, frameRate, { clips })
  }
  // What is left at the end belongs to the last one.
  const count = Math.max(1, Math.round(durationSeconds / every))
  const spans = Array.from({ length: count }, (_, i) => ({
    from: i * every,
    to: i === count - 1 ? durationSeconds : (i + 1) * every,
  }))
  return planClips(spans, layout, frameRate, { clips: 1 })
}
