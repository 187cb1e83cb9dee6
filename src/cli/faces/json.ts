import { z } from 'zod'
import { keypointNames, type Track } from '../../face/face.ts'
import { type VideoJson, videoJson } from '../video-json.ts'

/** x and y in pixels of the picture as shown, from its upper left corner. */
const point = z.tuple([z.number(), z.number()])

const frame = z.strictObject({
  /** Number of the frame in the video, from 0; names its crop, `track-01/000123.png`. */
  index: z.int().min(0),
  /** From the first frame of the video. */
  seconds: z.number().min(0),
  /** Forehead to chin, in pixels of the picture as shown. */
  box: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  keypoints: z.record(z.enum(keypointNames), point),
  score: z.number().min(0).max(1),
})

/** What `unmask faces` writes. */
export const facesJson = z.strictObject({
  video: videoJson,
  tracks: z.array(
    z.strictObject({
      id: z.int().min(1),
      startSeconds: z.number().min(0),
      endSeconds: z.number().min(0),
      frames: z.array(frame).min(1),
      /** As `TrackQuality` of the library. */
      quality: z.strictObject({
        size: z.number(),
        sharpness: z.number(),
        yaw: z.number(),
        roll: z.number(),
        score: z.number(),
        found: z.int(),
        looked: z.int(),
      }),
    }),
  ),
})

export type FacesJson = z.output<typeof facesJson>

/** @param tracks of a video that was read from its beginning */
export function facesAsJson(video: VideoJson, tracks: readonly Track[]): FacesJson {
  return {
    video,
    tracks: tracks.map(({ id, startSeconds, endSeconds, frames, quality }) => ({
      id,
      startSeconds,
      endSeconds,
      frames: frames.map(({ index, seconds, box, keypoints, score }) => ({
        index: index!,
        seconds,
        box,
        keypoints: Object.fromEntries(
          keypointNames.map((name) => [name, [...keypoints[name]]]),
        ) as FacesJson['tracks'][number]['frames'][number]['keypoints'],
        score,
      })),
      quality,
    })),
  }
}

/** As text: indented, but a point on one line. */
export function facesText(json: FacesJson): string {
  const number = String.raw`\s+(-?[\d.e-]+)`
  const points = new RegExp(String.raw`\[${number},${number}\s+\]`, 'g')
  return `${JSON.stringify(json, undefined, 2).replace(points, '[$1, $2]')}\n`
}
