import { planClips } from '../../src/clip/plan.ts'
import { ClipReader } from '../../src/clip/reader.ts'
import type { FaceDetector } from '../../src/face/detector.ts'
import { trackFaces } from '../../src/face/track-faces.ts'
import { openVideo } from '../../src/video/open.ts'
import { PeakMemory } from './memory.ts'

/** What a long video costs: a plan of 16 snippets, and following the faces through all of it. */
export async function benchHour(path: string, detector: FaceDetector): Promise<void> {
  using memory = new PeakMemory()
  const start = performance.now()
  const snippets = await readPlan(path, detector)
  console.log(`one hour, ${snippets} snippets of 4 frames spread over it: ${since(start)} s, ${mebibytes(memory)}`)
  const begin = performance.now()
  await using video = await openVideo(path)
  let told = 0
  const { tracks, looked } = await trackFaces(video, detector, {
    onProgress: ({ seconds }) => {
      if (seconds < told) return
      told += 300
      process.stderr.write(`${seconds.toFixed(0)} s of video, ${since(begin)} s, ${mebibytes(memory)}\n`)
    },
  })
  const { framesDecoded } = video.report
  const rate = framesDecoded / ((performance.now() - begin) / 1000)
  console.log(
    `one hour, all ${framesDecoded} frames decoded, ${looked} looked at, ${tracks.length} tracks: ` +
      `${since(begin)} s (${rate.toFixed(0)} frames/s), ${mebibytes(memory)}`,
  )
}

async function readPlan(path: string, detector: FaceDetector): Promise<number> {
  await using video = await openVideo(path)
  const { durationSeconds = 0, frameRate } = video.info
  const plan = planClips([{ from: 0, to: durationSeconds }], { snippets: 16, frames: 4 }, frameRate, {
    clips: 1,
    span: durationSeconds,
  })
  let snippets = 0
  for await (const { images } of new ClipReader(video, detector, plan, 160)) snippets += images.length / 4
  return snippets
}

function since(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1)
}

function mebibytes({ peak }: PeakMemory): string {
  return `peak memory of all processes ${(peak / 2 ** 20).toFixed(0)} MiB`
}
