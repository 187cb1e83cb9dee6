import { stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UnmaskError } from '../errors.ts'
import { fileError } from '../files/positional.ts'
import { checkOptions } from '../options.ts'
import type { DataEntry, Manifest } from './entry.ts'
import type { Layout } from './layouts/layout.ts'
import { layouts } from './layouts/layouts.ts'
import { isPicture, isVideo, list, stem } from './layouts/tree.ts'
import { type ReadDatasetOptions, type ReadOptions, readOptions } from './options.ts'
import { isOneOf } from './subset-patterns.ts'

/**
 * Lists what a data set on disk holds; reads no video. The layouts: docs/datasets.md.
 * @param root folder of the data set, or one video or picture whose `label` is given
 * @throws UnmaskError `option-invalid`; `dataset-missing` when there is no such path; `dataset-layout`, with the tree that
 *   is expected and what is there, when it is laid out otherwise or nothing is in it; `file-access`
 */
export async function readDataset(root: string, options: ReadDatasetOptions = {}): Promise<Manifest> {
  const checked = checkOptions(readOptions, options, 'readDataset')
  const path = resolve(root)
  const found = await stat(path).catch((error) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw fileError(path, error)
    throw new UnmaskError('dataset-missing', `${path}: there is no such file or folder`, { cause: error })
  })
  const name = checked.name ?? (found.isFile() ? stem(basename(path)) : basename(path))
  if (found.isFile()) return { name, entries: [single(path, name, checked)] }
  const layout = await layoutOf(path, checked)
  const all = await layout.read(path, checked)
  if (all.length === 0) throw await wrongLayout(path, [layout], 'no video or picture where they should be')
  const { subsets: patterns } = checked
  const entries = patterns ? all.filter(({ subset }) => isOneOf(subset, patterns)) : all
  if (entries.length > 0) return { name, entries }
  const subsets = [...new Set(all.map(({ subset }) => subset))].join(', ')
  throw new UnmaskError('option-invalid', `readDataset: subsets: none fits; there are ${subsets}`)
}

function single(path: string, subset: string, { label }: ReadOptions): DataEntry {
  if (!isVideo(path) && !isPicture(basename(path))) {
    throw new UnmaskError('dataset-layout', `${path}: is neither a folder nor, by its name, a video or picture`)
  }
  if (label === undefined) {
    throw new UnmaskError('dataset-layout', `${path}: whether this file is real or fake must be given as \`label\``)
  }
  return { path, label, subset, identities: [], split: null }
}

async function layoutOf(root: string, { kind, label }: ReadOptions): Promise<Layout> {
  const asked = kind === 'auto' && label !== undefined ? 'folder' : kind
  const candidates = layouts.filter((layout) => asked === 'auto' || layout.kind === asked)
  if (asked === 'folder' && label !== undefined) return candidates[0]!
  for (const layout of candidates) if (await layout.recognise(root)) return layout
  throw await wrongLayout(root, candidates, asked === 'auto' ? 'no known layout' : 'not laid out as expected')
}

async function wrongLayout(root: string, candidates: readonly Layout[], problem: string): Promise<UnmaskError> {
  const { folders, files } = await list(root)
  const names = [...folders.map((folder) => `${folder}/`), ...files]
  const there = names.length === 0 ? 'nothing' : names.slice(0, 12).join(', ')
  const more = names.length > 12 ? ` and ${names.length - 12} more` : ''
  const expected = candidates.map(({ kind, tree }) => [`${kind}:`, ...tree.split('\n')].join('\n    '))
  const text = `${root}: ${problem}\n  found: ${there}${more}\n  expected:\n  ${expected.join('\n  ')}`
  return new UnmaskError('dataset-layout', text)
}
