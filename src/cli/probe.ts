import type { Command } from 'commander'
import type { Video } from '../video/video.ts'
import { interruptSignal } from './interrupt.ts'
import { startProgress } from './progress.ts'
import { count, table } from './text.ts'
import type { VideoJson } from './video-json.ts'
import { videoName, videoSource } from './video-source.ts'

interface Options {
  readonly json: boolean
  readonly frames: boolean
}

/** `unmask probe`: what is in a video file, and whether all of it decodes. */
export function registerProbe(program: Command): void {
  program
    .command('probe')
    .description('show what is in a video file')
    .argument('<file>', 'video, picture, folder or glob of pictures; - for the standard input')
    .option('--frames', 'decode all frames and count them', false)
    .option('--json', 'print as JSON', false)
    .action(probe)
}

async function probe(file: string, options: Options): Promise<void> {
  const { openVideo } = await import('../video/open.ts')
  const { videoAsJson } = await import('./video-json.ts')
  const signal = interruptSignal()
  await using video = await openVideo(videoSource(file), { signal })
  if (options.frames) await decodeAll(video, signal)
  const json = videoAsJson(file, video.info, options.frames ? video.report : undefined)
  process.stdout.write(options.json ? `${JSON.stringify(json, undefined, 2)}\n` : `${lines(json).join('\n')}\n`)
}

async function decodeAll(video: Video, signal: AbortSignal): Promise<void> {
  const { durationSeconds } = video.info
  using progress = startProgress('decoding', 'frames')
  let done = 0
  for await (const { seconds } of video.frames({ signal })) {
    progress.update(++done, durationSeconds ? seconds / durationSeconds : undefined)
  }
}

function lines(video: VideoJson): string[] {
  const { stored, shown, decode, colour } = video
  const rows: [string, string][] = [
    ['file', `${videoName(video.file)}${video.bytes === null ? '' : `, ${count(video.bytes)} bytes`}`],
    ['container', video.container],
    ['codec', `${video.codec}${video.pixelFormat === null ? '' : `, ${video.pixelFormat}`}`],
    ['size', sizeWords(`${stored.width} x ${stored.height}`, `${shown.width} x ${shown.height}`, turn(video))],
    ['pixels', video.pixelAspect === 1 ? 'square' : `${video.pixelAspect.toFixed(4)} times as wide as high`],
    ['rate', video.frameRate === null ? 'unknown' : `${Number(video.frameRate.toFixed(3))} frames/s`],
    ['duration', video.durationSeconds === null ? 'unknown' : `${video.durationSeconds.toFixed(3)} s`],
    ['frames', frameWords(video)],
    ['colour', colourWords(colour)],
    ...(decode?.warnings ?? []).map(({ message }): [string, string] => ['warning', message]),
  ]
  return table(rows)
}

function turn({ rotation, flip }: VideoJson): string {
  return [rotation === 0 ? '' : `turned ${rotation} degrees clockwise`, flip ? 'mirrored' : '']
    .filter((words) => words !== '')
    .join(', ')
}

function sizeWords(stored: string, shown: string, turned: string): string {
  if (stored === shown && turned === '') return stored
  return `${stored} stored, ${shown} shown${turned === '' ? '' : ` (${turned})`}`
}

function frameWords({ framesClaimed, decode }: VideoJson): string {
  const claimed = framesClaimed
    ? `${framesClaimed.exact ? '' : 'about '}${count(framesClaimed.count)} claimed`
    : 'none claimed'
  return decode ? `${count(decode.framesDecoded)} decoded of ${claimed}` : claimed
}

function colourWords({ matrix, range, chroma, tagged }: VideoJson['colour']): string {
  const origin = (isTagged: boolean) => (isTagged ? 'tagged' : 'assumed')
  return `${matrix} (${origin(tagged.matrix)}), ${range} range (${origin(tagged.range)}), chroma ${chroma}`
}
