import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { clip, ffmpegMissing, picture } from '../../../test/clips.ts'
import { Random } from '../../tensor/random.ts'
import type { Frame } from '../frame.ts'
import { openVideo } from '../open.ts'

const digest = ({ data }: Frame) => createHash('md5').update(data).digest('hex')
const cases = 20

/** Each with key frames about every 12 frames, and with noise, so that no two frames are alike. */
const clips: [name: string, ffmpegArguments: string[]][] = [
  ['bframes.mp4', ['-c:v', 'libx264', '-bf', '3', '-g', '12']],
  ['open-gop.mkv', ['-c:v', 'libx264', '-x264-params', 'open-gop=1:keyint=12:bframes=3']],
  ['open-gop.ts', ['-c:v', 'libx264', '-x264-params', 'open-gop=1:keyint=12:bframes=3']],
  ['intra-refresh.mkv', ['-c:v', 'libx264', '-x264-params', 'intra-refresh=1:keyint=12']],
  ['bframes.avi', ['-c:v', 'libx264', '-bf', '2', '-g', '12']],
  ['bframes.flv', ['-c:v', 'libx264', '-bf', '2', '-g', '12']],
  ['late.ts', ['-c:v', 'libx264', '-bf', '2', '-g', '12', '-output_ts_offset', '7']],
  ['mpeg2.mpg', ['-c:v', 'mpeg2video', '-bf', '2', '-g', '12']],
  ['mpeg2.mxf', ['-c:v', 'mpeg2video', '-bf', '2', '-g', '12']],
  ['mpeg4.avi', ['-c:v', 'mpeg4', '-bf', '2', '-g', '12']],
  ['wmv.wmv', ['-c:v', 'wmv2', '-g', '12']],
  ['vp9.webm', ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-g', '12']],
  ['hevc.mp4', ['-c:v', 'libx265', '-x265-params', 'log-level=none:keyint=12:open-gop=1']],
  ['fragments.mp4', ['-c:v', 'libx264', '-g', '12', '-movflags', 'frag_keyframe+empty_moov']],
  ['one-key.mp4', ['-c:v', 'libx264', '-g', '1000']],
  ['no-index.h264', ['-c:v', 'libx264', '-bf', '2', '-g', '12']],
  ['canvas.gif', []],
  [
    'vfr.mp4',
    [
      '-vf',
      "noise=alls=20:allf=t,select='not(mod(n,3))+not(mod(n,7))'",
      '-fps_mode',
      'vfr',
      '-c:v',
      'libx264',
      '-g',
      '12',
    ],
  ],
]

test.skipIf(ffmpegMissing).each(clips)(
  `%s: framesAt gives what a full pass shows (${ffmpegMissing ?? 'clips by ffmpeg'})`,
  async (name, ffmpegArguments) => {
    const noise = ['-vf', 'noise=alls=20:allf=t', '-pix_fmt', 'yuv420p']
    const path = await clip(name, [...picture('96x64', 25, 3), ...noise, ...ffmpegArguments])
    await using video = await openVideo(path, { isolated: false })
    const all: { seconds: number; digest: string; index: number }[] = []
    for await (const frame of video.frames())
      all.push({ seconds: frame.seconds, digest: digest(frame), index: frame.index! })
    expect(new Set(all.map((frame) => frame.digest)).size).toBe(all.length)
    const shownAt = (time: number) => all.findLast(({ seconds }) => seconds <= time)!
    const check = (frame: Frame | undefined, time: number) => {
      const expected = shownAt(time)
      expect(frame && { time, seconds: frame.seconds, digest: digest(frame) }).toEqual({
        time,
        seconds: expected.seconds,
        digest: expected.digest,
      })
      // A number is given only where it is known.
      if (frame!.index !== undefined) expect(frame!.index).toBe(expected.index)
    }

    const random = new Random(`seek ${name}`)
    const last = all.at(-1)!.seconds
    const time = () => random.uniform() * last
    for (let i = 0; i < cases; i++) {
      const wanted = i < all.length && i % 2 === 0 ? all[Math.floor(random.uniform() * all.length)]!.seconds : time()
      for await (const frame of video.framesAt([wanted])) check(frame, wanted)
    }
    const growing = Array.from({ length: cases }, time).sort((a, b) => a - b)
    const given: Frame[] = []
    for await (const frame of video.framesAt(growing)) given.push(frame)
    for (const [i, wanted] of growing.entries()) check(given[i], wanted)

    const [from, to] = [last * 0.4, last * 0.8]
    const part: Frame[] = []
    for await (const frame of video.frames({ from, to })) part.push(frame)
    const expected = all.filter(({ seconds }) => seconds >= shownAt(from).seconds && seconds < to)
    expect(part.map(digest)).toEqual(expected.map((frame) => frame.digest))
    expect(video.report.warnings).toEqual([])
  },
)

test.skipIf(ffmpegMissing)('sparse times are sought, dense ones are not', async () => {
  const noise = ['-vf', 'noise=alls=20:allf=t', '-pix_fmt', 'yuv420p']
  const path = await clip('long.mp4', [
    ...picture('96x64', 25, 40),
    ...noise,
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '25',
  ])
  await using video = await openVideo(path, { isolated: false })
  for await (const _ of video.framesAt([5, 15, 25, 35])) {
    // only counted
  }
  expect(video.report.framesDecoded).toBeLessThan(4 * 60)
  const before = video.report.framesDecoded
  for await (const _ of video.framesAt(Array.from({ length: 50 }, (_, i) => 0.1 * i))) {
    // only counted
  }
  expect(video.report.framesDecoded - before).toBeLessThan(150)
})
