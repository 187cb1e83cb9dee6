import { mkdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { type ErrorCode, UnmaskError } from '../../errors.ts'
import { fileError } from '../../files/positional.ts'
import { checkOptions } from '../../options.ts'
import { contentHash } from '../content-hash.ts'
import type { DataEntry } from '../entry.ts'
import type { CachedClip } from '../face-clip.ts'
import { isStill } from '../still.ts'
import { cropKey, recipeOf } from './key.ts'
import { CropPool } from './pool.ts'
import { type PrepareOptions, prepareAll } from './prepare.ts'
import { type CropSettings, cropSettings } from './settings.ts'
import { CropStore } from './store.ts'

const cacheOptions = z.strictObject({
  /** Processes that cut faces out; default: as many as there are cores. */
  workers: z.int().min(1).max(256).optional(),
  /** Whether each video is decoded in a further process, as `openVideo` has it: safer for hostile files, and slower. */
  isolated: z.boolean().default(false),
  /** Seconds that an entry may take. */
  entrySeconds: z
    .number()
    .positive()
    .max(2 ** 31 / 1000 - 1)
    .default(3600),
})

export type CropCacheOptions = z.input<typeof cacheOptions> & {
  /** Digests of entries' files by path, as `prepare` gave them: these files are not read again to know their crops. */
  readonly contents?: ReadonlyMap<string, string>
  /** Hears of damaged files in the cache; default: Node's warnings, which go to stderr. */
  readonly onWarning?: (message: string) => void
}

/** An entry of which nothing was cut out. */
export interface FailedEntry {
  readonly entry: DataEntry
  readonly reason: 'no-face' | ErrorCode
  readonly message: string
}

export interface PreparedEntries {
  readonly failures: readonly FailedEntry[]
  /** What the entries hold, as `contentHash` gives it, by path; without those that cannot be read. */
  readonly contents: ReadonlyMap<string, string>
}

/** The faces of a data set's entries, cut out once and kept on disk. */
export interface CropCache extends AsyncDisposable {
  readonly folder: string
  /**
   * Cuts out what is not there yet, in processes side by side. Ended at any time, what is done stays done.
   * @throws UnmaskError `device-failed` and the like, `file-access` (of the cache), `disposed`; or the signal's reason
   */
  prepare(entries: readonly DataEntry[], options?: PrepareOptions): Promise<PreparedEntries>
  /**
   * The clips of an entry, in the order of their numbers; none where there is no face. Cuts them out where that was not
   * done yet. The images are parts of one piece of memory. The entry's file is taken not to change while the cache is open.
   * @throws what `prepare` throws, and what is wrong with the entry
   */
  clips(entry: DataEntry): Promise<readonly CachedClip[]>
}

/**
 * Opens a cache of crops. Several processes, with any settings, may use a folder at once. Videos are decoded in processes
 * apart from this one, which a file may crash without harm to others.
 * @param folder made if it is missing; see `defaultCacheFolder`
 * @throws UnmaskError `option-invalid`, `file-access`
 */
export async function openCropCache(
  folder: string,
  settings: CropSettings,
  { onWarning = (message) => process.emitWarning(message), contents = new Map(), ...options }: CropCacheOptions = {},
): Promise<CropCache> {
  const checked = checkOptions(cropSettings, settings, 'crop settings')
  const checkedOptions = checkOptions(cacheOptions, options, 'openCropCache')
  const { workers = availableParallelism(), isolated, entrySeconds } = checkedOptions
  const absolute = resolve(folder)
  await mkdir(absolute, { recursive: true }).catch((error) => {
    throw fileError(absolute, error)
  })
  const recipe = recipeOf(checked)
  const pool = new CropPool(workers, { settings: checked, recipe, isolated }, entrySeconds)
  return new Cache(new CropStore(absolute, onWarning), pool, recipe, contents)
}

class Cache implements CropCache {
  readonly #store: CropStore
  readonly #pool: CropPool
  readonly #recipe: string
  /** By path. */
  readonly #keys = new Map<string, Promise<string>>()
  readonly #contents: Map<string, string>
  /** What is being cut out, by key: two entries may hold the same. */
  readonly #making = new Map<string, ReturnType<CropPool['run']>>()

  constructor(store: CropStore, pool: CropPool, recipe: string, contents: ReadonlyMap<string, string>) {
    this.#contents = new Map(contents)
    this.#store = store
    this.#pool = pool
    this.#recipe = recipe
  }

  get folder(): string {
    return this.#store.folder
  }

  async prepare(entries: readonly DataEntry[], options: PrepareOptions = {}): Promise<PreparedEntries> {
    // More at a time than processes: what is hashed, or there already, takes none.
    const failures = await prepareAll(entries, (entry) => this.#prepareOne(entry), 2 * this.#pool.size, options)
    const known = entries.filter(({ path }) => this.#contents.has(path))
    return { failures, contents: new Map(known.map(({ path }) => [path, this.#contents.get(path)!])) }
  }

  async clips(entry: DataEntry): Promise<readonly CachedClip[]> {
    const key = await this.#key(entry.path)
    const found = await this.#store.read(key)
    if (found) return found
    const failure = await this.#make(entry.path, key)
    if (failure) throw new UnmaskError(failure.code, failure.message)
    const made = await this.#store.read(key)
    if (made) return made
    throw new UnmaskError('file-access', `${this.#store.path(key)}: cannot be read again after it was written`)
  }

  async #prepareOne(entry: DataEntry): Promise<FailedEntry | undefined> {
    const key = await this.#key(entry.path).catch((error: unknown) => {
      if (error instanceof UnmaskError) return error
      throw error
    })
    if (key instanceof UnmaskError) return { entry, reason: key.code, message: key.message }
    const there = await this.#store.count(key)
    const failure = there === undefined ? await this.#make(entry.path, key) : undefined
    if (failure) return { entry, reason: failure.code, message: failure.message }
    const count = there ?? (await this.#store.count(key))
    return count === 0 ? { entry, reason: 'no-face', message: `${entry.path}: no face was found` } : undefined
  }

  #key(path: string): Promise<string> {
    const known = this.#keys.get(path)
    if (known) return known
    const key = this.#keyOf(path)
    this.#keys.set(path, key)
    return key
  }

  async #keyOf(path: string): Promise<string> {
    const [content, still] = await Promise.all([this.#contents.get(path) ?? contentHash(path), isStill(path)])
    this.#contents.set(path, content)
    return cropKey(content, still, this.#recipe)
  }

  #make(path: string, key: string) {
    const making = this.#making.get(key)
    if (making) return making
    const made = this.#pool.run({ path, target: this.#store.path(key) }).finally(() => this.#making.delete(key))
    this.#making.set(key, made)
    return made
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]()
  }
}
