import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clock } from '../../draw/timeline.ts'
import { openFaceDetector } from '../../face/detector.ts'
import type { Track } from '../../face/face.ts'
import { trackFaces } from '../../face/track-faces.ts'
import type { DeviceKind } from '../../runtime/index.ts'
import { writeImage } from '../../video/node/writer/image.ts'
import { openVideo } from '../../video/open.ts'
import type { Video } from '../../video/video.ts'
import { interruptSignal } from '../interrupt.ts'
import { startProgress } from '../progress.ts'
import { count, table } from '../text.ts'
import { videoAsJson } from '../video-json.ts'
import { videoName, videoSource } from '../video-source.ts'
import { facesAsJson, facesText } from './json.ts'
import { openOutputFolder } from './output-folder.ts'
import { checkOutputs, isOurs } from './outputs.ts'
import { writePictures } from './pictures.ts'
import { facesSheet } from './sheet.ts'

/** What the command line asked for. */
export interface FacesOptions {
  readonly out: string
  readonly overlay?: string
  readonly sheet?: string
  readonly json: boolean
  /** Frames a second to look at. */
  readonly rate: number
  /** Width and height of the crops in pixels. */
  readonly size: number
  readonly device: 'auto' | DeviceKind
  readonly force: boolean
}

/** Finds the faces (first pass over the video), then cuts them out and marks them (second pass). */
export async function findFaces(file: string, options: FacesOptions): Promise<void> {
  const signal = interruptSignal()
  await using folder = await openOutputFolder(options.out, isOurs, options.force)
  await checkOutputs(file, options)
  await using video = await openVideo(videoSource(file), { signal })
  const tracks = await track(video, options, signal)
  const json = facesAsJson(videoAsJson(file, video.info, video.report), tracks)
  const pictures = await writePictures(video, tracks, { ...options, folder: folder.temporary, signal })
  const text = facesText(json)
  await writeFile(join(folder.temporary, 'faces.json'), text)
  if (options.sheet !== undefined) await writeImage(options.sheet, facesSheet(json.video, tracks, pictures.forSheet))
  await folder.commit()
  for (const { message } of json.video.decode?.warnings ?? []) console.error(`unmask: warning: ${message}`)
  if (tracks.length === 0) console.error(`unmask: no face found in ${videoName(file)}`)
  if (options.json) process.stdout.write(text)
  else console.log([...summary(tracks), ...written(options, pictures.crops)].join('\n'))
}

async function track(video: Video, { rate, device }: FacesOptions, signal: AbortSignal): Promise<readonly Track[]> {
  await using detector = await openFaceDetector({ device })
  using progress = startProgress('finding faces', 'looks')
  const { tracks } = await trackFaces(video, detector, {
    rate,
    signal,
    onProgress: ({ looked, seconds, durationSeconds }) =>
      progress.update(looked, durationSeconds ? seconds / durationSeconds : undefined),
  })
  return tracks
}

function summary(tracks: readonly Track[]): string[] {
  if (tracks.length === 0) return []
  const rows = tracks.map(({ id, startSeconds, endSeconds, quality }) => [
    `#${id}`,
    `${clock(startSeconds, 1)} - ${clock(endSeconds, 1)}`,
    `${quality.found} of ${quality.looked}`,
    `${Math.round(quality.size)} px`,
    quality.sharpness.toFixed(2),
    quality.score.toFixed(2),
  ])
  return table([['face', 'time', 'found', 'width', 'sharpness', 'score'], ...rows])
}

function written({ out, overlay, sheet }: FacesOptions, crops: number): string[] {
  const pictures = crops === 1 ? '1 crop' : `${count(crops)} crops`
  return [
    `wrote ${join(out, 'faces.json')} and ${pictures}`,
    ...[overlay, sheet].flatMap((path) => (path === undefined ? [] : [`wrote ${path}`])),
  ]
}
