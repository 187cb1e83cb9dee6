import { basename, dirname, join } from 'node:path'
import type { DataEntry } from '../entry.ts'
import type { ReadOptions } from '../options.ts'
import { holdsFrames } from './frames.ts'
import type { Layout } from './layout.ts'
import { pairUp } from './pairs.ts'
import { timitName } from './timit-names.ts'
import { isPicture, isVideo, list, stem, walk } from './tree.ts'

/** Folders `real` and `fake`, in which further folders name the subsets; or any folder whose label is given. */
export const plainFolder: Layout = {
  kind: 'folder',
  tree: `real/ and fake/, or a label for all
  SUBSET/video.mp4
  SUBSET/picture.jpg
  SUBSET/video/0001.png, 0002.png, ... (pictures with numbers for names: frames of one video)
masks/ (optional): of a fake, what was forged, under the same path`,
  recognise: async (root) => Object.keys(await labelFolders(root)).length > 0,
  read: async (root, options) => {
    const labelled = options.label === undefined ? await labelFolders(root) : { [options.label]: '' }
    const found: Found[] = []
    for (const [label, folder] of Object.entries(labelled)) {
      for await (const item of itemsIn(join(root, folder), options.frames)) {
        found.push({ ...item, label: label as DataEntry['label'], folder })
      }
    }
    const entries = found.map((item) => ({ key: item.inside, entry: entryOf(root, item, options) }))
    return pairUp(entries, root, options.pairs)
  },
}

/** The folders of each label, whatever their capitals. */
async function labelFolders(root: string): Promise<Partial<Record<DataEntry['label'], string>>> {
  const { folders } = await list(root)
  const named = (label: DataEntry['label']) => {
    const folder = folders.find((name) => name.toLowerCase() === label)
    return folder === undefined ? {} : { [label]: folder }
  }
  return { ...named('real'), ...named('fake') }
}

interface Item {
  readonly path: string
  /** Path within the folder of its label, without extension. */
  readonly inside: string
}

interface Found extends Item {
  readonly label: DataEntry['label']
  readonly folder: string
}

async function* itemsIn(root: string, frames: ReadOptions['frames']): AsyncGenerator<Item, void, undefined> {
  for await (const listing of walk(root)) {
    const { inside, files } = listing
    if (holdsFrames(listing, frames)) {
      yield { path: join(root, inside), inside: inside === '' ? basename(root) : inside }
      continue
    }
    for (const file of files.filter((name) => isVideo(name) || isPicture(name))) {
      yield { path: join(root, inside, file), inside: join(inside, stem(file)) }
    }
  }
}

function entryOf(root: string, { path, inside, label, folder }: Found, options: ReadOptions): DataEntry {
  const name = options.name ?? basename(root)
  const above = dirname(inside)
  return {
    path,
    label,
    subset: above === '.' ? name : above,
    identities: identitiesOf(join(folder, inside), name, options.identities),
    split: null,
  }
}

function identitiesOf(inside: string, name: string, pattern: string | undefined): readonly string[] {
  if (pattern === undefined) return timitName(basename(inside))?.identities ?? []
  const groups = new RegExp(pattern, 'u').exec(inside)?.slice(1) ?? []
  return groups.filter((group) => group !== undefined && group !== '').map((group) => `${name}:${group}`)
}
