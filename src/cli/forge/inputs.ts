import { stat } from 'node:fs/promises'
import { readDataset } from '../../dataset/read-dataset.ts'
import { fileError } from '../../files/positional.ts'
import { isGlob, stillsOfGlob } from '../../video/node/stills.ts'

/**
 * Paths of the videos and pictures that the arguments name: of a folder all in it, folders of numbered frames being videos.
 * @throws UnmaskError `file-access`, `dataset-layout` for a folder without any
 */
export async function inputPaths(names: readonly string[]): Promise<string[]> {
  const paths: string[] = []
  for (const name of names) {
    const found = await stat(name).catch((error) => {
      if (!isGlob(name)) throw fileError(name, error)
    })
    if (!found) paths.push(...(await stillsOfGlob(name)))
    else if (!found.isDirectory()) paths.push(name)
    else paths.push(...(await readDataset(name, { kind: 'folder', label: 'real' })).entries.map(({ path }) => path))
  }
  return [...new Set(paths)]
}

/** So many of them, evenly spread. */
export function spread<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items]
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!)
}
