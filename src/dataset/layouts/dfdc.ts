import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import type { DataEntry } from '../entry.ts'
import type { Layout } from './layout.ts'
import { checkListed } from './listed.ts'
import { isFile, isVideo, list } from './tree.ts'

const metadataFile = 'metadata.json'
const labelsFile = 'labels.csv'

/** The Deepfake Detection Challenge: parts of the training set with `metadata.json`, the test set with `labels.csv` or `metadata.json`. */
export const dfdc: Layout = {
  kind: 'dfdc',
  tree: `dfdc_train_part_0/metadata.json and *.mp4 (any number of parts, or one part itself)
test/labels.csv with columns filename,label (1 or FAKE for fake) and *.mp4 (or videos/*.mp4)`,
  recognise: async (root) => (await partsOf(root)).length > 0,
  read: async (root, { partial }) => {
    const entries: DataEntry[] = []
    for (const part of await partsOf(root)) entries.push(...(await readPart(part, partial)))
    return entries
  },
}

/** The root or the folders in it that have a list of labels. */
async function partsOf(root: string): Promise<string[]> {
  const { folders } = await list(root)
  const candidates = [root, ...folders.map((folder) => join(root, folder))]
  const listed = await Promise.all(
    candidates.map(
      async (folder) => (await isFile(join(folder, metadataFile))) || (await isFile(join(folder, labelsFile))),
    ),
  )
  return candidates.filter((_, i) => listed[i])
}

interface Labelled {
  readonly file: string
  readonly fake: boolean
  readonly split: NonNullable<DataEntry['split']>
  readonly original: string | undefined
}

async function readPart(folder: string, partial: boolean): Promise<DataEntry[]> {
  const fromCsv = await isFile(join(folder, labelsFile))
  const path = join(folder, fromCsv ? labelsFile : metadataFile)
  const labelled = fromCsv ? readLabels(path, await readBytes(path)) : readMetadata(path, await readBytes(path))
  const where = new Map<string, string>()
  for (const inside of ['', 'videos', 'test_videos']) {
    for (const file of (await list(join(folder, inside))).files.filter(isVideo))
      where.set(file, join(folder, inside, file))
  }
  const missing = labelled.filter(({ file }) => !where.has(file)).map(({ file }) => file)
  checkListed(path, missing, labelled.length, partial)
  return labelled.flatMap(({ file, fake, split, original }): DataEntry[] => {
    const found = where.get(file)
    if (found === undefined) return []
    const source = original === undefined ? undefined : (where.get(original) ?? join(folder, original))
    const label = fake ? 'fake' : 'real'
    return [{ path: found, label, subset: split, identities: [], split, ...(source !== undefined && { source }) }]
  })
}

const splitNames = {
  train: 'train',
  test: 'test',
  validation: 'validation',
  val: 'validation',
  validate: 'validation',
} as const

const label = z.enum(['FAKE', 'REAL'])
const metadata = z.record(
  z.string(),
  z.union([
    z.looseObject({
      label,
      split: z.enum(Object.keys(splitNames) as (keyof typeof splitNames)[]).default('train'),
      original: z.string().nullish(),
    }),
    // As in the test set's.
    z.looseObject({ is_fake: z.literal([0, 1]) }),
  ]),
)

function readMetadata(path: string, bytes: Uint8Array): Labelled[] {
  return Object.entries(parsed(path, bytes)).map(([file, facts]) => {
    if ('is_fake' in facts) return { file, fake: facts.is_fake === 1, split: 'test', original: undefined }
    return {
      file,
      fake: facts.label === 'FAKE',
      split: splitNames[facts.split as keyof typeof splitNames],
      original: (facts.original as string | null | undefined) ?? undefined,
    }
  })
}

function parsed(path: string, bytes: Uint8Array) {
  try {
    return metadata.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (cause) {
    const expected = '{"a.mp4": {"label": "FAKE", "split": "train", "original": "b.mp4"}}'
    throw new UnmaskError('dataset-layout', `${path}: is not like ${expected}`, { cause })
  }
}

const rows = z.array(z.object({ filename: z.string().min(1), label: z.enum(['0', '1', 'FAKE', 'REAL']) }))

function readLabels(path: string, bytes: Uint8Array): Labelled[] {
  try {
    const table = rows.parse(parse(bytes, { columns: true, bom: true, skip_empty_lines: true, trim: true }))
    return table.map(({ filename: file, label }) => ({
      file,
      fake: label === '1' || label === 'FAKE',
      split: 'test',
      original: undefined,
    }))
  } catch (cause) {
    const expected = 'a table with columns filename and label (0, 1, REAL or FAKE)'
    throw new UnmaskError('dataset-layout', `${path}: is not ${expected}`, { cause })
  }
}
