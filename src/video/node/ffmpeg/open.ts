import type { Reader } from '../../reading/reader.ts'
import { FileReader, type ReaderOptions } from './file-reader.ts'

/** What to decode. */
export interface Input {
  /** For messages. */
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/** @throws UnmaskError `video-format`, `video-codec`, `video-limit`, `video-damaged` */
export function openReader({ name, path, bytes }: Input, options: ReaderOptions): Promise<Reader> {
  return FileReader.open({ name, url: `file:${path}`, options: {}, bytes }, options)
}
