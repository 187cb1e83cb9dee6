import type { ResolvedOptions } from '../options.ts'
import type { VideoPlatform } from '../platform.ts'
import { LocalVideo } from '../reading/local-video.ts'
import type { Reader } from '../reading/reader.ts'
import { within } from '../reading/within.ts'
import type { Video, VideoSource } from '../video.ts'
import { asVideoError } from './errors.ts'
import { type Bytes, bytesOf } from './source.ts'
import { openTrack } from './track.ts'
import { TrackReader } from './track-reader.ts'

type Options = ResolvedOptions & { readonly signal?: AbortSignal }

export const platform: VideoPlatform = { open }

async function open(source: VideoSource, options: Options): Promise<Video> {
  const { limits, signal } = options
  const bytes = await bytesOf(source, { ...limits, signal })
  const opening = openReader(bytes, options)
  try {
    return new LocalVideo(await within(opening, limits.stallSeconds, [signal]), limits)
  } catch (error) {
    opening.then((reader) => reader[Symbol.asyncDispose]()).catch(() => {})
    if (signal?.aborted) throw signal.reason
    throw asVideoError(error, 'video-format', bytes.name)
  }
}

async function openReader(bytes: Bytes, { limits }: Options): Promise<Reader> {
  const track = await openTrack(bytes, limits.pixels)
  try {
    return await TrackReader.open(track, limits.pixels)
  } catch (error) {
    track.input.dispose()
    throw error
  }
}
