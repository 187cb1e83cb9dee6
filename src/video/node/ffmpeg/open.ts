import type { Reader } from '../../reading/reader.ts'
import { FileReader, type ReaderOptions } from './file-reader.ts'
import { StillsReader } from './stills-reader.ts'

/** What to decode: a file, or pictures as frames. */
export type Input = {
  /** For messages. */
  readonly name: string
} & ({ readonly path: string; readonly bytes: number } | { readonly pictures: readonly string[] })

/** @throws UnmaskError `video-format`, `video-codec`, `video-limit`, `video-damaged` */
export function openReader(input: Input, options: ReaderOptions): Promise<Reader> {
  if ('pictures' in input) return StillsReader.open(input.name, input.pictures, options)
  const { name, path, bytes } = input
  return FileReader.open({ name, path, bytes }, options)
}
