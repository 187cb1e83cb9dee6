import { readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { table } from '../src/cli/text.ts'
import { type FaceDetector, openFaceDetector } from '../src/face/detector.ts'
import { trackFaces } from '../src/face/track-faces.ts'
import { openVideo } from '../src/video/open.ts'
import { data } from './faces/data.ts'
import { percent } from './percent.ts'

const videos = /\.(mp4|mov|mkv|webm|avi|mpe?g|wmv|flv|ts|gif)$/i
const pictures = /\.(jpe?g|png|webp|bmp)$/i

/** What came of one video. */
interface Surveyed {
  readonly decoded: number
  readonly claimed: number | undefined
  readonly looked: number
  readonly withFace: number
  readonly tracks: number
  /** Of computing, and of video. */
  readonly seconds: number
  readonly length: number
}

/**
 * Decodes every video (and every folder of stills) below a folder, finds and follows the faces, and prints for each and
 * in all: frames decoded of those claimed, share of the looked-at frames with a face, tracks.
 */
export async function benchSurvey(folder?: string): Promise<void> {
  const roots = folder === undefined ? [join(data, 'train/videos'), join(data, 'val')] : [folder]
  await using detector = await openFaceDetector()
  const found: { path: string; result: Surveyed }[] = []
  const header = ['video', 'frames', 'claimed', 'looks', 'with a face', 'tracks', 'seconds', 'x real time']
  const rows = [header]
  for (const path of roots.flatMap(videosBelow)) {
    const name = relative(folder ?? data, path)
    try {
      const result = await survey(path, detector)
      found.push({ path: name, result })
      rows.push([name, ...cells([result])])
    } catch (error) {
      rows.push([name, (error as Error).message, '', '', '', '', '', ''])
    }
  }
  for (const group of Map.groupBy(found, ({ path }) => dirname(path))) {
    rows.push([`all of ${group[0]}`, ...cells(group[1].map(({ result }) => result))])
  }
  rows.push(['all', ...cells(found.map(({ result }) => result))])
  for (const line of table(rows, 7)) console.log(line)
  const single = found.filter(({ result }) => result.tracks === 1).length
  console.log(`\n${found.length} videos, one track in ${single} (${percent(single / found.length)})`)
}

async function survey(path: string, detector: FaceDetector): Promise<Surveyed> {
  const start = performance.now()
  await using video = await openVideo(path)
  const { tracks, looked, withFace } = await trackFaces(video, detector)
  const { framesDecoded: decoded, warnings } = video.report
  for (const { message } of warnings) console.error(`${path}: ${message}`)
  const seconds = (performance.now() - start) / 1000
  const { framesClaimed, durationSeconds: length = 0 } = video.info
  return { decoded, claimed: framesClaimed?.count, looked, withFace, tracks: tracks.length, seconds, length }
}

function cells(results: readonly Surveyed[]): string[] {
  const sum = (of: (result: Surveyed) => number) => results.reduce((total, result) => total + of(result), 0)
  const [decoded, looked, seconds] = [sum((r) => r.decoded), sum((r) => r.looked), sum((r) => r.seconds)]
  const claimed = results.some((r) => r.claimed === undefined) ? '?' : `${sum((r) => r.claimed!)}`
  const withFace = percent(sum((r) => r.withFace) / looked)
  const pace = (sum((r) => r.length) / seconds).toFixed(1)
  return [`${decoded}`, claimed, `${looked}`, withFace, `${sum((r) => r.tracks)}`, seconds.toFixed(1), pace]
}

/** Videos, and folders with nothing but pictures in them, in order of their names. */
function videosBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  if (entries.length > 0 && entries.every((entry) => entry.isFile() && pictures.test(entry.name))) return [folder]
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return videosBelow(path)
    return videos.test(entry.name) ? [path] : []
  })
}
