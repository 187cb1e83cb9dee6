import { ClipReader } from '../clip/reader.ts'
import { durationOf } from '../video/duration.ts'
import type { Video } from '../video/video.ts'
import { ClipsDone } from './clips-done.ts'
import { clipsToLookAt } from './clips-to-look-at.ts'
import type { OnDetectEvent } from './events.ts'
import { FaceRecords } from './face/face-records.ts'
import type { FacesChoice } from './faces.ts'
import { look } from './look.ts'
import type { DetectorParts } from './parts.ts'
import type { Detection } from './result.ts'
import { summary } from './summary.ts'

export interface AnalyseOptions {
  readonly every?: number | undefined
  readonly faces: FacesChoice
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: OnDetectEvent | undefined
  /** When the detection began, as `performance.now` tells it. */
  readonly begun: number
}

/** Looks at a video clip after clip, the next one being decoded while the model is at the last, and says what was found. */
export async function analyse(
  video: Video,
  parts: DetectorParts,
  { every, faces, signal, onProgress, begun }: AnalyseOptions,
): Promise<Detection> {
  const { model, scorer } = parts
  const stop = signal ? { signal } : {}
  const durationSeconds = await durationOf(video, stop)
  const plan = clipsToLookAt(durationSeconds, scorer.input, video.info.frameRate, every)
  onProgress?.({ kind: 'opened', info: video.info, durationSeconds, clipsPlanned: plan.clips.length })
  const done = new ClipsDone((clips) => onProgress?.({ kind: 'clips', clips, clipsPlanned: plan.clips.length }))
  const reader = new ClipReader(video, parts.faces, plan, scorer.input.size, {
    ...stop,
    views: true,
    onProgress: ({ clips, given }) => done.read(clips, given),
  })
  const records = new FaceRecords(model)
  for await (const clip of reader) {
    const { track } = clip
    const isNew = !records.get(track)
    const record = records.of(clip)
    if (record) {
      if (isNew) onProgress?.({ kind: 'face', track, seconds: clip.seconds[0]! })
      const seen = await look(clip, parts, stop)
      const { startSeconds, endSeconds, probability } = record.add(seen)
      onProgress?.({ kind: 'scored', track, startSeconds, endSeconds, probability, recompressed: seen.recompressed })
    }
    done.looked()
  }
  return summary(video, reader, records, { ...parts, faces, begun })
}
