import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentHash } from '../../../dataset/content-hash.ts'
import type { DataEntry } from '../../../dataset/entry.ts'
import { UnmaskError } from '../../../errors.ts'
import { openFaceDetector } from '../../../face/detector.ts'
import type { AreaName } from '../../../face/landmarks/areas.ts'
import { openLandmarker } from '../../../face/landmarks/landmarker.ts'
import { fileError } from '../../../files/positional.ts'
import type { ForgeRecipe } from '../../../forge/recipe.ts'
import { openResynthesiser } from '../../../forge/resynthesis/resynthesiser.ts'
import { twinNames } from '../../forge/outputs.ts'
import { readSources, type Source } from '../../forge/sources.ts'
import { writeTwins } from '../../forge/twins.ts'
import { startProgress } from '../../progress.ts'

export interface ForgingOptions {
  readonly recipe: ForgeRecipe
  /** File of generators; without it there is no resynthesis. */
  readonly generators?: string
  /** What of the face is forged; default: drawn for each video. */
  readonly region?: AreaName
  readonly seed: number
  /** Folder in which the videos are kept, those of any options. */
  readonly folder: string
  readonly signal: AbortSignal
}

/** Of the way from a video to its twins: it is raised with every change that changes them. */
const twinsVersion = 1

/** A video's twins, as entries of a data set; `real` is the video from the encoder of `fake`. */
export interface ForgedVideo {
  readonly source: DataEntry
  readonly real: DataEntry
  readonly fake: DataEntry & { readonly mask: string }
}

/**
 * The forged twin of each authentic video, and the real one from the same encoder: only what was forged differs. Made once
 * and kept, also that a video has no face. The same videos, options and seed give the same twins; what is drawn for a video does not depend on the order
 * of the others. Those without a face are told and left out.
 * @param entries authentic videos
 * @throws UnmaskError `face-missing` where no video has a face, `file-access`, `option-invalid`; the signal's reason
 */
export async function forgedVideos(entries: readonly DataEntry[], options: ForgingOptions): Promise<ForgedVideo[]> {
  const keys = await keysOf(entries, options)
  const wanted = keys.map((key, i) => ({ entry: entries[i]!, key, folder: join(options.folder, key.slice(0, 32)) }))
  const missing = await Promise.all(wanted.map(async ({ folder }) => !(await isThere(folder))))
  const faceless = await filter(wanted, isFaceless)
  for (const { entry } of faceless) console.error(`unmask: no face found in ${entry.path}`)
  if (missing.includes(true))
    await forge(
      wanted.filter((one) => !faceless.includes(one)),
      options,
    )
  const made = await filter(wanted, async (one) => !(await isFaceless(one)))
  if (made.length > 0) return made.map(twinsOf)
  throw new UnmaskError('face-missing', `no face was found in any of ${wanted.length} videos`)
}

/** In place of twins: their video was looked at, and has no face. */
const noFace = 'no-face'

const isFaceless = ({ folder }: Wanted) => isThere(join(folder, noFace))

async function filter(all: readonly Wanted[], isIn: (one: Wanted) => Promise<boolean>): Promise<Wanted[]> {
  const are = await Promise.all(all.map(isIn))
  return all.filter((_, i) => are[i])
}

/** The twins of a video: what decides them, and where they are. */
interface Wanted {
  readonly entry: DataEntry
  readonly key: string
  readonly folder: string
}

/** Whose face a swap takes depends on which others there are; without swaps a video stands for itself. */
async function keysOf(
  entries: readonly DataEntry[],
  { recipe, generators, region, seed, signal }: ForgingOptions,
): Promise<string[]> {
  const contents: string[] = []
  for (const { path } of entries) contents.push(await contentHash(path, signal))
  const donors = recipe.kinds.swap > 0 ? contents.toSorted() : []
  const resynthesis = generators === undefined ? null : await contentHash(generators, signal)
  const shared = JSON.stringify([twinsVersion, recipe, resynthesis, region ?? null, seed, donors])
  const names = entries.map(({ path }) => twinNames([path])[0]!)
  return contents.map((content, i) => createHash('sha256').update(`${content} ${names[i]} ${shared}`).digest('hex'))
}

async function forge(wanted: readonly Wanted[], options: ForgingOptions): Promise<void> {
  const { recipe, generators, region, folder, signal } = options
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw fileError(folder, error)
  })
  await removeLeftOvers(folder)
  await using resynthesiser = generators === undefined ? undefined : await openResynthesiser(generators)
  await using detector = await openFaceDetector()
  await using landmarker = await openLandmarker()
  const tools = { detector, landmarker, resynthesiser, signal }
  const paths = wanted.map(({ entry }) => entry.path)
  const inputs = await readSources(paths, { clips: 1, frames: 1, size: donorSize }, tools, signal)
  using progress = startProgress('forging twins', 'videos')
  for (const [done, one] of wanted.entries()) {
    signal.throwIfAborted()
    const input = inputs.find(([clip]) => clip!.path === one.entry.path)
    if (!(await isThere(one.folder))) await keep(one, (temporary) => made(one, input, temporary))
    progress.update(done + 1, (done + 1) / wanted.length)
  }

  async function made({ key }: Wanted, input: readonly Source[] | undefined, temporary: string): Promise<void> {
    if (!input) return writeFile(join(temporary, noFace), '')
    const seed = Number.parseInt(key.slice(0, 12), 16)
    const drawn = { count: 0, size: donorSize, frames: 1, video: true, seed, ...(region && { region }) }
    await writeTwins(temporary, [input[0]!], inputs, recipe, drawn, tools)
  }

  /** A folder appears when all that belongs into it is made. */
  async function keep({ folder: target }: Wanted, make: (temporary: string) => Promise<unknown>): Promise<void> {
    const temporary = await mkdtemp(join(folder, making))
    try {
      await make(temporary)
      await rename(temporary, target).catch(async (error) => {
        if (!(await isThere(target))) throw fileError(target, error) // else another process was faster
      })
    } finally {
      await rm(temporary, { recursive: true, force: true })
    }
  }
}

/** Beginning of the names of folders that are not whole yet. */
const making = '.making-'

/** Milliseconds; the twins of no video take so long. */
const aDay = 24 * 60 * 60 * 1000

/** Removes what processes that were killed left behind. */
async function removeLeftOvers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const facts = name.startsWith(making) ? await stat(path).catch(() => undefined) : undefined
    if (facts && Date.now() - facts.mtimeMs > aDay) await rm(path, { recursive: true, force: true })
  }
}

/** Side of what is shown of the faces that swaps take, pixels. */
const donorSize = 256

function twinsOf({ entry: source, folder }: Wanted): ForgedVideo {
  const [name] = twinNames([source.path])
  const file = (what: string) => join(folder, `${name}-${what}.mp4`)
  const { subset, identities } = source
  const shared = { subset, identities, split: null }
  const real = { ...shared, path: file('real'), label: 'real' } as const
  return {
    source,
    real,
    fake: { ...shared, path: file('forged'), label: 'fake', mask: file('mask'), source: real.path },
  }
}

async function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  )
}
