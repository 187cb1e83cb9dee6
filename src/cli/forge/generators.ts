import { defaultCacheFolder } from '../../dataset/cache/folder.ts'
import type { DataEntry } from '../../dataset/entry.ts'
import type { ReadDatasetOptions } from '../../dataset/options.ts'
import { readData } from '../../dataset/read-data.ts'
import { sha256 } from '../../digest.ts'
import { UnmaskError } from '../../errors.ts'
import { replaceFile } from '../../files/replace.ts'
import { encodeGenerators } from '../../forge/resynthesis/generators.ts'
import { type MakingProgress, makeGenerators } from '../../forge/resynthesis/make-generators.ts'
import type { ShapeName } from '../../forge/resynthesis/shapes.ts'
import type { DeviceKind } from '../../runtime/index.ts'
import { interruptSignal } from '../interrupt.ts'
import { refuseExisting, reportWritten } from '../output-file.ts'
import { type Progress, startProgress } from '../progress.ts'

export interface GeneratorOptions {
  readonly data: readonly string[]
  readonly out: string
  /** Which are trained; none: all. */
  readonly shape: readonly string[]
  readonly steps: number
  readonly batch: number
  readonly faces: number
  readonly seed: number
  readonly cache?: string
  readonly device: 'auto' | DeviceKind
  readonly force: boolean
}

/** Trains generators and writes them; interrupted while training, those that have learnt enough. */
export async function makeGeneratorFile(options: GeneratorOptions): Promise<void> {
  const { data, out, shape, steps, batch, faces, seed, cache = defaultCacheFolder(), device, force } = options
  if (data.length === 0) throw new UnmaskError('usage', 'the faces to learn from are missing: --data FOLDER')
  await refuseExisting(out, force)
  const entries = await Promise.all(data.map((path) => entriesOf(path)))
  const signal = interruptSignal()
  using shown = showMaking()
  const settings = { steps, batch, faces, seed, ...(shape.length > 0 && { shapes: shape as ShapeName[] }) }
  const made = await makeGenerators(entries.flat(), settings, { cache, device: { device }, signal, ...shown })
  if (made.generators.size === 0) throw new UnmaskError('usage', 'interrupted before any generator had learnt enough')
  const bytes = await encodeGenerators(made)
  await replaceFile(out, bytes)
  reportWritten(out, bytes.length, await sha256(bytes))
}

/** In a folder that is no data set of a known layout everything counts as authentic, as a single file does. */
export async function entriesOf(path: string, options: ReadDatasetOptions = {}): Promise<readonly DataEntry[]> {
  try {
    return (await readData(path, options)).entries
  } catch (error) {
    if (!(error instanceof UnmaskError) || error.code !== 'dataset-layout') throw error
    return (await readData(path, { ...options, label: 'real' })).entries
  }
}

function showMaking(): Disposable & { onProgress(progress: MakingProgress): void } {
  let [what, shown]: [string, Progress | undefined] = ['', undefined]
  const progressOf = (kind: string, unit: string) => {
    if (kind !== what) {
      shown?.[Symbol.dispose]()
      shown = startProgress(kind, unit)
      what = kind
    }
    return shown!
  }
  return {
    onProgress: (progress) => {
      const { done, total } = progress
      if (progress.kind === 'preparing') progressOf('cutting out faces', 'files').update(done, done / total)
      else {
        const note = `${progress.shape}, ${progress.distance.toFixed(1)} levels off`
        progressOf('training generators', 'steps').update(done, done / total, note)
      }
    },
    [Symbol.dispose]: () => shown?.[Symbol.dispose](),
  }
}
