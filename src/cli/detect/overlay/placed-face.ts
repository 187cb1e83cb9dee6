import type { DetectedFace } from '../../../detect/result.ts'
import { faceBoxInCrop } from '../../../face/crop.ts'
import type { Track, TrackFrame } from '../../../face/face.ts'
import { overlap } from '../../../face/geometry.ts'
import { interpolate } from '../../../face/interpolate.ts'
import type { Region } from '../../../video/image.ts'

/** A face followed through the whole video, and what was found out about it; nothing of faces that were not judged. */
export interface PlacedFace {
  readonly frames: readonly TrackFrame[]
  readonly face: DetectedFace | undefined
}

/** Overlap from which on two boxes at one time are of one face. */
const alike = 0.3

/**
 * Finds out which followed face is which of the detection, by where both are in the snippets that were looked at. A face
 * that was lost and found again may be several tracks.
 */
export function placeFaces(tracks: readonly Track[], faces: readonly DetectedFace[]): PlacedFace[] {
  return tracks.map(({ frames }) => {
    const agreeing = faces.map((face) => agreement(frames, face))
    const best = agreeing.indexOf(Math.max(0, ...agreeing))
    return { frames, face: agreeing[best] === 0 ? undefined : faces[best] }
  })
}

/** In how many snippets both are in one place. */
function agreement(frames: readonly TrackFrame[], { clips }: DetectedFace): number {
  const snippets = clips.flatMap((clip) => clip.snippets)
  return snippets.filter(({ startSeconds, region }) => {
    const there = placeAt(frames, startSeconds)
    return there && overlap(there, boxOf(region)) >= alike
  }).length
}

/** The box of the face in what a crop shows. */
function boxOf(region: Region): Region {
  const box = faceBoxInCrop(region)
  return { ...box, x: region.x + box.x, y: region.y + box.y }
}

/** Seconds before the first and after the last look in which a face is still there. */
const near = 0.1

/** Where the face is; undefined where it is not. */
export function placeAt(frames: readonly TrackFrame[], seconds: number): Region | undefined {
  const between = interpolate(frames, seconds)
  if (between) return between.box
  return [frames[0]!, frames.at(-1)!].find((frame) => Math.abs(frame.seconds - seconds) <= near)?.box
}
