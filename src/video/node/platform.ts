import { availableParallelism } from 'node:os'
import type { ResolvedOptions } from '../options.ts'
import type { VideoPlatform } from '../platform.ts'
import { IsolatedPlayer } from '../reading/isolated-player.ts'
import { LocalVideo } from '../reading/local-video.ts'
import { PlayedVideo } from '../reading/played-video.ts'
import { within } from '../reading/within.ts'
import type { Video, VideoSource } from '../video.ts'
import type { ReaderOptions } from './ffmpeg/file-reader.ts'
import { inputOfPath, type OpenInput, spool } from './input.ts'
import { DecodingProcess } from './isolated/process.ts'

type Options = ResolvedOptions & { readonly signal?: AbortSignal }

export const platform: VideoPlatform = { open }

async function open(source: VideoSource, options: Options): Promise<Video> {
  const { limits, signal } = options
  const opened = typeof source === 'string' ? await inputOfPath(source) : await spool(source, { ...limits, signal })
  try {
    signal?.throwIfAborted()
    return await (options.isolated ? openIsolated : openLocal)(opened, options)
  } catch (error) {
    await opened[Symbol.asyncDispose]()
    throw error
  }
}

async function openIsolated(source: OpenInput, options: Options): Promise<Video> {
  const { limits, signal } = options
  const player = new IsolatedPlayer(() => new DecodingProcess(source, readerOptions(options), limits.memory * 2 ** 20))
  try {
    await within(player.open(), limits.stallSeconds, [signal])
    return new PlayedVideo(player, limits, source)
  } catch (error) {
    await player[Symbol.asyncDispose]()
    throw error
  }
}

async function openLocal(source: OpenInput, options: Options): Promise<Video> {
  const { limits, signal } = options
  // FFmpeg is loaded into this process only where that is asked for.
  const { openReader } = await import('./ffmpeg/open.ts')
  const opening = openReader(source.input, readerOptions(options))
  try {
    return new LocalVideo(await within(opening, limits.stallSeconds, [signal]), limits, source)
  } catch (error) {
    // It comes too late, but may hold what has to be given back.
    opening.then((reader) => reader[Symbol.asyncDispose]()).catch(() => {})
    throw error
  }
}

function readerOptions({ limits, threads, stillsRate }: Options): ReaderOptions {
  return { pixels: limits.pixels, threads: threads ?? Math.min(4, availableParallelism()), stillsRate }
}
