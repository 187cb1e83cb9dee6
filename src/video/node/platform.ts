import { cpus } from 'node:os'
import type { ResolvedOptions } from '../options.ts'
import type { VideoPlatform } from '../platform.ts'
import { LocalVideo } from '../reading/local-video.ts'
import type { Video, VideoSource } from '../video.ts'
import { type InputFile, inputOfPath, spool } from './input.ts'

type Options = ResolvedOptions & { readonly signal?: AbortSignal }

export const platform: VideoPlatform = { open }

async function open(source: VideoSource, options: Options): Promise<Video> {
  const { limits, signal } = options
  const input =
    typeof source === 'string' ? await inputOfPath(source) : await spool(source, { ...limits, signal: signal })
  return openLocal(input, options)
}

async function openLocal(input: InputFile, { limits, threads, stillsRate }: Options): Promise<Video> {
  const { FileReader } = await import('./ffmpeg/file-reader.ts')
  const reader = await FileReader.open(
    { name: input.name, url: `file:${input.path}`, options: {}, bytes: input.bytes },
    { pixels: limits.pixels, threads: threads ?? Math.min(4, cpus().length), stillsRate },
  )
  return new LocalVideo(reader, limits)
}
