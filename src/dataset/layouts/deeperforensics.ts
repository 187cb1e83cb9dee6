import { basename, join, resolve } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import type { DataEntry } from '../entry.ts'
import { youtubeIdentity, youtubeVideo } from './faceforensics.ts'
import type { Layout } from './layout.ts'
import { isFile, isFolder, isVideo, list, stem, walk } from './tree.ts'

const manipulated = 'manipulated_videos'
const sources = 'source_videos'
const lists = { train: 'train.txt', validation: 'val.txt', test: 'test.txt' } as const

/**
 * DeeperForensics-1.0. Its fakes put the faces of actors into the videos of FaceForensics++, which are the real part and
 * are not published with it: `originals` names them. The actors' own videos are no real part, say the authors.
 */
export const deeperForensics: Layout = {
  kind: 'deeperforensics',
  tree: `${manipulated}/{end_to_end,end_to_end_level_1,...}/000_M101.mp4
${sources}/M101/... (only read when asked for)
lists/splits/{train,val,test}.txt (optional)`,
  recognise: async (root) => isFolder(join(root, manipulated)),
  read: async (root, options) => {
    const originals = options.originals === undefined ? undefined : resolve(options.originals)
    const splits = await readSplits(join(root, 'lists', 'splits'))
    const fakes = await readFakes(root, splits, originals)
    const real = originals === undefined ? [] : await readTargets(originals, fakes)
    return [...real, ...(options.sourceVideos ? await readSources(root) : []), ...fakes]
  },
}

type Splits = ReadonlyMap<string, NonNullable<DataEntry['split']>>

async function readSplits(folder: string): Promise<Splits> {
  const splits = new Map<string, NonNullable<DataEntry['split']>>()
  for (const [split, file] of Object.entries(lists)) {
    const path = join(folder, file)
    if (!(await isFile(path))) continue
    const names = new TextDecoder().decode(await readBytes(path)).split(/\s+/)
    for (const name of names.filter((name) => name !== '')) splits.set(basename(name), split as keyof typeof lists)
  }
  return splits
}

async function readFakes(root: string, splits: Splits, originals: string | undefined): Promise<DataEntry[]> {
  const fakes: DataEntry[] = []
  for (const variant of (await list(join(root, manipulated))).folders) {
    const folder = join(root, manipulated, variant)
    for (const file of (await list(folder)).files.filter(isVideo)) {
      const [target = '', actor] = stem(file).split('_')
      const source = originals && youtubeVideo(originals, 'c23', target)
      fakes.push({
        path: join(folder, file),
        label: 'fake',
        subset: variant,
        identities: [youtubeIdentity(target), ...(actor === undefined ? [] : [actorIdentity(actor)])],
        split: splits.get(file) ?? null,
        ...(source && (await isFile(source)) && { source }),
      })
    }
  }
  return fakes
}

/** The real videos that the fakes were made from, in the split of their fakes. */
async function readTargets(originals: string, fakes: readonly DataEntry[]): Promise<DataEntry[]> {
  const split = new Map(fakes.map((fake) => [fake.source, fake.split]))
  const found = [...split.keys()].filter((path) => path !== undefined)
  if (found.length === 0) {
    throw new UnmaskError('dataset-missing', `${originals}: no ${youtubeVideo('.', 'c23', '000')} or its like is there`)
  }
  return found.map((path) => ({
    path,
    label: 'real',
    subset: 'target',
    identities: [youtubeIdentity(stem(basename(path)))],
    split: split.get(path) ?? null,
  }))
}

async function readSources(root: string): Promise<DataEntry[]> {
  const entries: DataEntry[] = []
  for await (const { inside, files } of walk(join(root, sources))) {
    for (const file of files.filter(isVideo)) {
      const identities = [actorIdentity(inside.split('/')[0]!)]
      entries.push({
        path: join(root, sources, inside, file),
        label: 'real',
        subset: 'source',
        identities,
        split: null,
      })
    }
  }
  return entries
}

function actorIdentity(actor: string): string {
  return `deeper-${actor}`
}
