import type { ResolvedOptions } from '../options.ts'
import type { VideoPlatform } from '../platform.ts'
import { IsolatedPlayer } from '../reading/isolated-player.ts'
import { LocalVideo } from '../reading/local-video.ts'
import { PlayedVideo } from '../reading/played-video.ts'
import { within } from '../reading/within.ts'
import type { Video, VideoSource } from '../video.ts'
import type { Input } from './open-reader.ts'
import { bytesOf } from './source.ts'
import { DecodingWorker } from './worker.ts'

type Options = ResolvedOptions & { readonly signal?: AbortSignal }

export const platform: VideoPlatform = { open }

async function open(source: VideoSource, options: Options): Promise<Video> {
  const { limits, signal, stillsRate } = options
  const bytes = await bytesOf(source, { ...limits, signal })
  signal?.throwIfAborted()
  const input = { ...bytes, pixels: limits.pixels, stillsRate }
  return options.isolated ? openIsolated(input, options) : openLocal(input, options)
}

async function openIsolated(input: Input, { limits, signal }: Options): Promise<Video> {
  const player = new IsolatedPlayer(() => new DecodingWorker(input))
  try {
    await within(player.open(), limits.stallSeconds, [signal])
    return new PlayedVideo(player, limits)
  } catch (error) {
    player.abandon()
    throw error
  }
}

async function openLocal(input: Input, { limits, signal }: Options): Promise<Video> {
  // The demuxer is loaded into the page only where that is asked for.
  const { openReader } = await import('./open-reader.ts')
  const opening = openReader(input)
  try {
    return new LocalVideo(await within(opening, limits.stallSeconds, [signal]), limits)
  } catch (error) {
    // It comes too late, but may hold what has to be given back.
    opening.then((reader) => reader[Symbol.asyncDispose]()).catch(() => {})
    throw error
  }
}
