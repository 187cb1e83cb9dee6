import { join } from 'node:path'
import { z } from 'zod'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import type { DataEntry } from '../entry.ts'
import { isFile } from './tree.ts'

/** The split that a number of FaceForensics++ belongs to. */
export type Splits = ReadonlyMap<string, NonNullable<DataEntry['split']>>

const files = { train: 'train.json', validation: 'val.json', test: 'test.json' } as const

const pairs = z.array(z.array(z.string().regex(/^\d{3}$/)).length(2))

/**
 * The official splits: lists of pairs of numbers, each pair swapped with one another.
 * @param given folder with the lists; default: the root, or `splits` in it, where they are optional
 * @throws UnmaskError `dataset-missing` when the given folder lacks one, `dataset-layout` for what is no such list
 */
export async function readSplits(root: string, given: string | undefined): Promise<Splits> {
  const splits = new Map<string, NonNullable<DataEntry['split']>>()
  for (const [split, file] of Object.entries(files)) {
    const path = await find(given === undefined ? [root, join(root, 'splits')] : [given], file)
    if (path === undefined && given !== undefined) {
      throw new UnmaskError('dataset-missing', `${join(given, file)}: there is no such list of the split`)
    }
    if (path === undefined) continue
    for (const number of (await readPairs(path)).flat()) splits.set(number, split as keyof typeof files)
  }
  return splits
}

async function find(folders: readonly string[], file: string): Promise<string | undefined> {
  for (const folder of folders) if (await isFile(join(folder, file))) return join(folder, file)
  return undefined
}

async function readPairs(path: string): Promise<string[][]> {
  try {
    return pairs.parse(JSON.parse(new TextDecoder().decode(await readBytes(path))))
  } catch (cause) {
    if (cause instanceof UnmaskError) throw cause
    throw new UnmaskError('dataset-layout', `${path}: is no list of pairs of numbers, e.g. [["071", "054"]]`, { cause })
  }
}
