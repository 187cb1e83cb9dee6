import { cpus } from 'node:os'
import { table } from '../../src/cli/text.ts'
import { openFaceDetector } from '../../src/face/detector.ts'
import { frameBytes } from '../../src/video/frame.ts'
import { sharedFile } from '../../test/shared.ts'
import { median } from '../median.ts'
import { BenchClips } from './clips.ts'
import { type Contender, decoding, spawned, withFaces } from './contenders.ts'
import { benchHour } from './hour.ts'

const clipSeconds = 10
const rounds = 7

/**
 * Decoding 1080p with and without faces, in turns with the `ffmpeg` program; then one hour of 720p.
 * @param only `hour` leaves the first part out, `clip` the second
 */
export async function benchMedia(only?: string): Promise<void> {
  const source = sharedFile('data/train/videos/liveportrait/s32.mp4')
  if (!source) throw new Error('this bench needs a talking face: ../shared/data')
  console.log(`machine: ${cpus()[0]!.model}, ${cpus().length} threads, Node ${process.version}`)
  using clips = new BenchClips()
  await using detector = await openFaceDetector()
  if (only !== 'hour') {
    await inTurns(clips.talking(source, '1920:1080', clipSeconds), {
      'decode alone': decoding(true),
      'decode, faces, crops': withFaces(detector),
      'decode in this process': decoding(false),
      'ffmpeg through a pipe': spawned(frameBytes(1920, 1080)),
    })
  }
  if (only !== 'clip') {
    const clip = clips.talking(source, '1280:720', clipSeconds)
    await benchHour(clips.repeated(clip, clipSeconds, 3600), detector)
  }
}

/** The first contender is what the others are compared with. */
async function inTurns(clip: string, contenders: Readonly<Record<string, Contender>>): Promise<void> {
  const names = Object.keys(contenders)
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let round = -1; round < rounds; round++) {
    for (const name of names) {
      const start = performance.now()
      const frames = await contenders[name]!(clip)
      if (frames !== 30 * clipSeconds) throw new Error(`${name}: ${frames} frames`)
      if (round >= 0) times.get(name)!.push((performance.now() - start) / 1000)
    }
  }
  const first = times.get(names[0]!)!
  const rows = names.map((name) => {
    const own = times.get(name)!
    const ratio = median(own.map((time, i) => time / first[i]!))
    return [name, ((30 * clipSeconds) / median(own)).toFixed(0), `${ratio.toFixed(2)} x`]
  })
  for (const line of table([['1080p30 H.264', 'frames/s', 'time'], ...rows], 2)) console.log(line)
  console.log('opening included; time: median over rounds, against decode alone in the same round')
}
