import type { Track } from '../../face/face.ts'
import { firstFrom, interpolate } from '../../face/interpolate.ts'
import type { Frame } from '../../video/frame.ts'
import type { VideoInfo } from '../../video/video.ts'
import { type MarkedVideo, openMarkedVideo } from '../marked-video.ts'
import { drawMarks, type Mark } from './marks.ts'

/** The video with its faces marked. @param path of an .mp4 or .webm; disposed of before `finish`, there is none */
export function openOverlay(path: string, info: VideoInfo, tracks: readonly Track[]): Promise<MarkedVideo> {
  return openMarkedVideo(path, info, (picture, frame) => {
    const marks = tracks.flatMap((track) => markOf(track, frame) ?? [])
    drawMarks(picture, marks, frame.seconds, frame.index!)
  })
}

function markOf({ id, frames }: Track, { seconds }: Frame): Mark | undefined {
  const placed = interpolate(frames, seconds)
  if (!placed) return undefined
  const last = frames[Math.max(firstFrom(frames, seconds + 1e-9) - 1, 0)]!
  return { id, placed, score: last.score, looked: last.seconds === seconds }
}
