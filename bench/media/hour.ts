import { planClips } from '../../src/clip/plan.ts'
import { ClipReader } from '../../src/clip/reader.ts'
import type { FaceDetector } from '../../src/face/detector.ts'
import { trackFaces } from '../../src/face/track-faces.ts'
import { openVideo } from '../../src/video/open.ts'
import { PeakMemory } from './memory.ts'

/** What a long video costs: following the faces through all of it, and a plan of 16 snippets. */
export async function benchHour(path: string, detector: FaceDetector): Promise<void> {
  await measured('16 snippets of 4 frames spread over it', () => readPlan(path, detector))
  await measured('faces followed through all of it', () => followAll(path, detector))
}

async function measured(name: string, work: () => Promise<string>): Promise<void> {
  using memory = new PeakMemory()
  const start = performance.now()
  const result = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(
    `one hour of 720p30, ${name}: ${seconds} s, peak memory ${(memory.peak / 2 ** 20).toFixed(0)} MiB; ${result}`,
  )
}

async function followAll(path: string, detector: FaceDetector): Promise<string> {
  await using video = await openVideo(path)
  let told = 0
  const { tracks, looked } = await trackFaces(video, detector, {
    onProgress: ({ seconds }) => {
      if (seconds < told) return
      told += 300
      process.stderr.write(`${seconds.toFixed(0)} s of video\n`)
    },
  })
  return `${video.report.framesDecoded} frames, ${looked} looked at, ${tracks.length} tracks`
}

async function readPlan(path: string, detector: FaceDetector): Promise<string> {
  await using video = await openVideo(path)
  const { durationSeconds = 0, frameRate } = video.info
  const plan = planClips([{ from: 0, to: durationSeconds }], { snippets: 1, frames: 4 }, frameRate, {
    clips: 16,
  })
  let snippets = 0
  for await (const { images } of new ClipReader(video, detector, plan, 160)) snippets += images.length / 4
  return `${snippets} snippets, ${video.report.framesDecoded} frames decoded`
}
