import { join, resolve } from 'node:path'
import type { DataEntry } from '../entry.ts'
import type { Layout } from './layout.ts'
import { timitIdentity, timitName } from './timit-names.ts'
import { isFolder, isVideo, list, stem } from './tree.ts'

const qualities = ['higher_quality', 'lower_quality'] as const

/** DeepfakeTIMIT, with the recordings of VidTIMIT that it was made from where `originals` (or a folder `VidTIMIT`) has them. */
export const deepfakeTimit: Layout = {
  kind: 'deepfake-timit',
  tree: `{higher_quality,lower_quality}/fadg0/sa1-video-fram1.avi
VidTIMIT/fadg0/video/sa1/001, 002, ... (optional; or elsewhere, named by \`originals\`)`,
  recognise: async (root) => (await list(root)).folders.some((name) => (qualities as readonly string[]).includes(name)),
  read: async (root, { originals }) => {
    const vidTimit = originals === undefined ? join(root, 'VidTIMIT') : resolve(originals)
    return [...(await readReal(vidTimit)), ...(await readFakes(root, vidTimit))]
  },
}

async function readReal(root: string): Promise<DataEntry[]> {
  const entries: DataEntry[] = []
  for (const subject of (await list(root)).folders) {
    const folder = join(root, subject, 'video')
    for (const sentence of (await list(folder)).folders) {
      // The subjects also turn their heads for the camera: `head`, `head2`, `head3`.
      const identities = [timitIdentity(subject)]
      entries.push({ path: join(folder, sentence), label: 'real', subset: 'vidtimit', identities, split: null })
    }
  }
  return entries
}

async function readFakes(root: string, vidTimit: string): Promise<DataEntry[]> {
  const entries: DataEntry[] = []
  for (const subset of qualities) {
    for (const subject of (await list(join(root, subset))).folders) {
      const folder = join(root, subset, subject)
      for (const file of (await list(folder)).files.filter(isVideo)) {
        const name = timitName(stem(file), subject)
        const source = name?.source && join(vidTimit, subject, 'video', name.source.slice(subject.length + 1))
        entries.push({
          path: join(folder, file),
          label: 'fake',
          subset,
          identities: name?.identities ?? [timitIdentity(subject)],
          split: null,
          ...(source && (await isFolder(source)) && { source }),
        })
      }
    }
  }
  return entries
}
