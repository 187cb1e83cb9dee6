import { basename } from 'node:path'
import { distinctColour } from '../../draw/colour-map.ts'
import { contactSheet, type SheetRow } from '../../draw/contact-sheet.ts'
import { clock } from '../../draw/timeline.ts'
import type { Track, TrackFrame } from '../../face/face.ts'
import type { Image } from '../../video/image.ts'
import type { VideoJson } from '../video-json.ts'
import { videoName } from '../video-source.ts'

/** A crop that is to be seen on the sheet. */
export interface SheetPicture {
  readonly frame: TrackFrame
  readonly image: Image
}

export const sheetLayout = { columns: 8, pictureSize: 160 } as const

/** More tracks would make a page that nobody reads. */
const mostTracks = 40

/** The tracks that have a row on the sheet: of too many the longest. */
export function tracksOnSheet(tracks: readonly Track[]): Track[] {
  const byLength = [...tracks].sort((one, other) => other.quality.found - one.quality.found)
  const chosen = new Set(byLength.slice(0, mostTracks))
  return tracks.filter((track) => chosen.has(track))
}

/** Frames of a track that are shown, evenly spread over it. */
export function framesOnSheet({ frames }: Track): TrackFrame[] {
  const { columns } = sheetLayout
  if (frames.length <= columns) return [...frames]
  return Array.from({ length: columns }, (_, i) => frames[Math.floor(((i + 0.5) * frames.length) / columns)]!)
}

/** One page from which a person can judge the tracks of a video. @param pictures of each track by its number */
export function facesSheet(
  video: VideoJson,
  tracks: readonly Track[],
  pictures: ReadonlyMap<number, readonly SheetPicture[]>,
): Image {
  const shown = tracksOnSheet(tracks)
  const left = tracks.length - shown.length
  const notes = [
    ...(tracks.length === 0 ? ['No face was found in this video.'] : []),
    ...(left > 0 ? [`${left} shorter tracks are not shown.`] : []),
    ...(video.decode?.warnings ?? []).map(({ message }) => `Warning: ${message}`),
  ]
  const lastSeconds = Math.max(0, ...tracks.map(({ endSeconds }) => endSeconds))
  return contactSheet(
    {
      title: basename(videoName(video.file)),
      subtitle: subtitle(video, tracks.length),
      durationSeconds: Math.max(video.durationSeconds ?? 0, lastSeconds),
      rows: shown.map((track) => row(track, pictures.get(track.id) ?? [])),
      notes,
    },
    sheetLayout,
  )
}

function subtitle({ shown, frameRate, durationSeconds, codec, container }: VideoJson, tracks: number): string {
  return [
    `${shown.width} × ${shown.height}`,
    ...(frameRate === null ? [] : [`${Number(frameRate.toFixed(2))} frames/s`]),
    ...(durationSeconds === null ? [] : [clock(durationSeconds, 1)]),
    `${codec} in ${container}`,
    tracks === 1 ? '1 face' : `${tracks} faces`,
  ].join(' · ')
}

function row({ id, startSeconds, endSeconds, frames, quality }: Track, pictures: readonly SheetPicture[]): SheetRow {
  const { found, looked, size, sharpness, yaw, roll, score } = quality
  const degrees = (angle: number) => `${Math.round(angle) || 0}°`.replace('-', '−')
  return {
    label: `#${id}`,
    colour: distinctColour(id),
    spans: spansOf(frames),
    heading: `#${id}`,
    details: [
      `${clock(startSeconds, 1)} – ${clock(endSeconds, 1)}`,
      `found in ${found} of ${looked} looks`,
      `${Math.round(size)} px wide`,
      `sharpness ${sharpness.toFixed(2)}`,
      `yaw ${degrees(yaw)}, roll ${degrees(roll)}`,
      `score ${score.toFixed(2)}`,
    ].join(' · '),
    pictures: pictures.map(({ frame, image }) => ({
      image,
      caption: `${clock(frame.seconds, 1)} · ${frame.score.toFixed(2)}`,
    })),
  }
}

/** Seconds without the face after which it counts as away. */
const away = 1

function spansOf(frames: readonly TrackFrame[]): [number, number][] {
  const spans: [number, number][] = []
  for (const { seconds } of frames) {
    const span = spans.at(-1)
    if (span && seconds - span[1] <= away) span[1] = seconds
    else spans.push([seconds, seconds])
  }
  return spans
}
