import { basename, join } from 'node:path'
import type { DataEntry } from '../entry.ts'
import { timitName } from './timit-names.ts'
import { isFolder, stem, walk } from './tree.ts'

interface Keyed {
  /** Path within the folder of its label, without extension. */
  readonly key: string
  readonly entry: DataEntry
}

/** Gives each fake the real entry of the same path within its label's folder, and the mask of that path. */
export async function pairUp(found: readonly Keyed[], root: string, pairs: boolean): Promise<DataEntry[]> {
  const reals = found.filter(({ entry }) => entry.label === 'real')
  const real = new Map(reals.map(({ key, entry }) => [key, entry.path]))
  const byName = new Map(reals.map(({ key, entry }) => [basename(key), entry.path]))
  const masks = await masksIn(join(root, 'masks'))
  return found.map(({ key, entry }) => {
    if (entry.label === 'real') return entry
    const recorded = timitName(basename(key))?.source
    const source = pairs ? (real.get(key) ?? (recorded === undefined ? undefined : byName.get(recorded))) : undefined
    const mask = masks.get(key)
    return { ...entry, ...(source !== undefined && { source }), ...(mask !== undefined && { mask }) }
  })
}

/** Files and folders of masks by their path within, without extension. */
async function masksIn(folder: string): Promise<Map<string, string>> {
  const masks = new Map<string, string>()
  if (!(await isFolder(folder))) return masks
  for await (const { inside, folders, files } of walk(folder)) {
    for (const name of folders) masks.set(join(inside, name), join(folder, inside, name))
    for (const name of files) masks.set(join(inside, stem(name)), join(folder, inside, name))
  }
  return masks
}
