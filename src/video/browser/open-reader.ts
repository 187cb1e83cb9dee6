import type { Reader } from '../reading/reader.ts'
import { asVideoError } from './errors.ts'
import { pictureFileOf } from './picture-file.ts'
import { PictureReader } from './picture-reader.ts'
import type { Bytes } from './source.ts'
import { openTrack } from './track.ts'
import { TrackReader } from './track-reader.ts'

/** What to decode, and within which limits. */
export interface Input extends Bytes {
  /** Most pixels of a frame. */
  readonly pixels: number
  /** Frames a second of a single picture. */
  readonly stillsRate: number
}

/** @throws UnmaskError `file-access`, `video-format`, `video-codec`, `video-limit`, `video-damaged` */
export async function openReader(input: Input): Promise<Reader> {
  try {
    const picture = await pictureFileOf(input.blob)
    if (picture) return await PictureReader.open(input, picture)
    const track = await openTrack(input)
    try {
      return await TrackReader.open(track, input.pixels)
    } catch (error) {
      track.input.dispose()
      throw error
    }
  } catch (error) {
    throw asVideoError(error, 'video-format', input.name)
  }
}
