import { join } from 'node:path'
import type { DataEntry } from '../entry.ts'
import { readSplits, type Splits } from './faceforensics-splits.ts'
import type { Layout } from './layout.ts'
import { isFile, isFolder, isVideo, list, stem } from './tree.ts'

const originals = 'original_sequences'
const manipulated = 'manipulated_sequences'

/** FaceForensics++ with FaceShifter and DeepFakeDetection, as its download script lays it out. */
export const faceForensics: Layout = {
  kind: 'faceforensics',
  tree: `${originals}/{youtube,actors}/{raw,c23,c40}/videos/*.mp4
${manipulated}/{Deepfakes,Face2Face,FaceSwap,NeuralTextures,FaceShifter,DeepFakeDetection}/{raw,c23,c40}/videos/*.mp4
${manipulated}/*/masks/videos/*.mp4 (optional)
train.json, val.json, test.json (optional; lists of pairs of numbers)`,
  recognise: async (root) => (await isFolder(join(root, originals))) || (await isFolder(join(root, manipulated))),
  read: async (root, options) => {
    const splits = await readSplits(root, options.splits)
    return [...(await readReal(root, splits)), ...(await readFakes(root, splits))]
  },
}

/** Identity of the person in a YouTube video of FaceForensics++, which other data sets use too. */
export function youtubeIdentity(number: string): string {
  return `ff-${number}`
}

/** Where the video of a number is. */
export function youtubeVideo(root: string, compression: string, number: string): string {
  return join(root, originals, 'youtube', compression, 'videos', `${number}.mp4`)
}

async function readReal(root: string, splits: Splits): Promise<DataEntry[]> {
  return (await videosIn(join(root, originals))).map(({ path, group, compression, name }) => {
    const actor = /^(\d+)__/.exec(name)?.[1]
    return {
      path,
      label: 'real',
      subset: `${group}/${compression}`,
      identities: [actor === undefined ? youtubeIdentity(name) : `dfd-${actor}`],
      split: actor === undefined ? (splits.get(name) ?? null) : null,
    }
  })
}

async function readFakes(root: string, splits: Splits): Promise<DataEntry[]> {
  const fakes: DataEntry[] = []
  for (const { path, group, compression, name } of await videosIn(join(root, manipulated))) {
    const made = origin(name, splits)
    const mask = join(root, manipulated, group, 'masks', 'videos', `${name}.mp4`)
    const from = await originalOf(join(root, originals, made.folder), compression, `${made.source}.mp4`)
    fakes.push({
      path,
      label: 'fake',
      subset: `${group}/${compression}`,
      identities: made.identities,
      split: made.split,
      ...((await isFile(mask)) && { mask }),
      ...(from !== undefined && { source: from }),
    })
  }
  return fakes
}

/** The real video that a fake was made from, by the fake's name. */
function origin(name: string, splits: Splits) {
  // DeepFakeDetection: target actor, source actor, scene, number of the experiment.
  const [, target, donor, scene] = /^(\d+)_(\d+)__(.+)__[A-Z0-9]+$/.exec(name) ?? []
  if (target !== undefined) {
    const identities = [`dfd-${target}`, `dfd-${donor}`]
    return { folder: 'actors', source: `${target}__${scene}`, identities, split: null }
  }
  const numbers = name.split('_')
  const [first, second] = numbers.map((number) => splits.get(number))
  // A pair lies in one split as published; else it is in none.
  const split = first !== undefined && first === second ? first : null
  return { folder: 'youtube', source: numbers[0]!, identities: numbers.map(youtubeIdentity), split }
}

/** The real video of the same compression. What is not compressed is called raw or c0. */
async function originalOf(folder: string, compression: string, file: string): Promise<string | undefined> {
  for (const name of compression === 'raw' ? ['raw', 'c0'] : [compression]) {
    const path = join(folder, name, 'videos', file)
    if (await isFile(path)) return path
  }
  return undefined
}

async function videosIn(root: string) {
  const videos: { path: string; group: string; compression: string; name: string }[] = []
  for (const group of (await list(root)).folders) {
    for (const folder of (await list(join(root, group))).folders) {
      const inside = join(root, group, folder, 'videos')
      if (folder === 'masks') continue
      const compression = folder === 'c0' ? 'raw' : folder
      for (const file of (await list(inside)).files.filter(isVideo)) {
        videos.push({ path: join(inside, file), group, compression, name: stem(file) })
      }
    }
  }
  return videos
}
