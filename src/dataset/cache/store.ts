import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import { SafetensorsFile } from '../../tensor/safetensors-file.ts'
import type { CachedClip } from '../face-clip.ts'
import { decodeRecord } from './record.ts'

/** The files of a cache: one for each entry's crops. */
export class CropStore {
  readonly folder: string
  readonly #onWarning: (message: string) => void
  /** Keys whose file was held against its SHA-256 by this process. */
  readonly #verified = new Set<string>()

  constructor(folder: string, onWarning: (message: string) => void) {
    this.folder = folder
    this.#onWarning = onWarning
  }

  path(key: string): string {
    return join(this.folder, key.slice(0, 2), `${key}.safetensors`)
  }

  /** How many clips there are, judged by the file's header; undefined where there is no such file or it is damaged. */
  count(key: string): Promise<number | undefined> {
    return this.#sound(key, async (path) => {
      await using file = await SafetensorsFile.open(path)
      const count = file.entries.get('images')?.shape[0]
      if (count === undefined) throw new UnmaskError('safetensors-format', `${path}: there is no tensor images`)
      return count
    })
  }

  /** Undefined where there is no such file or it is damaged. @throws UnmaskError `file-access` */
  read(key: string): Promise<CachedClip[] | undefined> {
    return this.#sound(key, async (path) => {
      const clips = decodeRecord(await readBytes(path), path, !this.#verified.has(key))
      this.#verified.add(key)
      return clips
    })
  }

  /** A damaged file is removed, with a warning: it is made anew. */
  async #sound<T>(key: string, look: (path: string) => Promise<T>): Promise<T | undefined> {
    const path = this.path(key)
    try {
      return await look(path)
    } catch (error) {
      if (isMissing(error)) return undefined
      if (!(error instanceof UnmaskError) || error.code !== 'safetensors-format') throw error
      this.#onWarning(`${error.message}; it is made anew`)
      await rm(path, { force: true })
      return undefined
    }
  }
}

function isMissing(error: unknown): boolean {
  const cause = error instanceof UnmaskError ? error.cause : error
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}
