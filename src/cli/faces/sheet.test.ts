import { expect, test } from 'vitest'
import { blankImage } from '../../draw/image.ts'
import type { Track, TrackFrame } from '../../face/face.ts'
import type { VideoInfo } from '../../video/video.ts'
import { videoAsJson } from '../video-json.ts'
import { facesSheet, framesOnSheet, tracksOnSheet } from './sheet.ts'

const info: VideoInfo = {
  width: 640,
  height: 360,
  pixelAspect: 1,
  rotation: 0,
  flip: false,
  colour: { matrix: 'bt709', range: 'limited', chroma: 'left' },
  colourTagged: { matrix: true, range: true },
  container: 'mp4',
  codec: 'h264',
  pixelFormat: 'yuv420p',
  frameRate: 25,
  durationSeconds: 100,
  framesClaimed: undefined,
  bytes: undefined,
}

function track(id: number, looks: number): Track {
  const at = [1, 2] as const
  const frames = Array.from(
    { length: looks },
    (_, i): TrackFrame => ({
      index: 10 * i,
      seconds: i / 2.5,
      box: { x: 1, y: 2, width: 3, height: 4 },
      keypoints: { leftEye: at, rightEye: at, nose: at, mouth: at, leftEar: at, rightEar: at },
      score: 0.9,
    }),
  )
  const quality = { size: 3, sharpness: 0.5, yaw: 0, roll: 0, score: 0.9, found: looks, looked: looks }
  return { id, startSeconds: 0, endSeconds: frames.at(-1)!.seconds, frames, quality }
}

test('frames on the sheet: all of few; of many as many as columns, evenly spread', () => {
  for (const looks of [1, 7, 8]) expect(framesOnSheet(track(1, looks))).toEqual(track(1, looks).frames)
  for (const looks of [9, 80, 1001]) {
    const { frames } = track(1, looks)
    const places = framesOnSheet(track(1, looks)).map(({ seconds }) =>
      frames.findIndex((frame) => frame.seconds === seconds),
    )
    expect(new Set(places).size).toBe(8)
    for (const [i, place] of places.entries()) expect(Math.abs(place - ((i + 0.5) * looks) / 8)).toBeLessThanOrEqual(1)
  }
})

test('of too many tracks the longest, in their order, and a note', () => {
  const tracks = Array.from({ length: 50 }, (_, i) => track(i + 1, 1 + ((7 * i) % 50)))
  const shown = tracksOnSheet(tracks)
  expect(shown.length).toBe(40)
  expect(shown).toEqual(tracks.filter(({ quality }) => quality.found > 10))
  const pictures = (list: Track[]) =>
    new Map(list.map(({ id, frames }) => [id, [{ frame: frames[0]!, image: blankImage(160, 160, [1, 2, 3]) }]]))
  const video = videoAsJson('a.mp4', info, undefined)
  const all = facesSheet(video, tracks, pictures(tracks))
  const without = facesSheet(video, shown, pictures(shown))
  expect(all.width).toBe(without.width)
  expect(all.height).toBe(without.height + 24)
})

test('warnings of the video are on the sheet', () => {
  const report = { framesDecoded: 9, warnings: [{ code: 'frames-missing', message: '9 of 99' } as const] }
  const [warned, plain] = [report, { ...report, warnings: [] }].map((report) =>
    facesSheet(videoAsJson('a.mp4', info, report), [track(1, 3)], new Map()),
  )
  expect(warned!.height).toBe(plain!.height + 24)
})
