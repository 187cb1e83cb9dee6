import { basename, join } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { readBytes } from '../../files/read.ts'
import type { DataEntry } from '../entry.ts'
import type { Layout } from './layout.ts'
import { checkListed } from './listed.ts'
import { isFile, isVideo, list, stem } from './tree.ts'

const testList = 'List_of_testing_videos.txt'

/** Celeb-DF, version 2 (and 1, which is laid out alike). */
export const celebDf: Layout = {
  kind: 'celeb-df',
  tree: `Celeb-real/id0_0000.mp4
YouTube-real/00000.mp4
Celeb-synthesis/id0_id1_0000.mp4
${testList} (optional; without it no entry has a split)`,
  recognise: async (root) => Object.values(await groups(root)).filter((path) => path !== undefined).length >= 2,
  read: async (root, { partial }) => {
    const found = await groups(root)
    const tests = await readTests(join(root, testList))
    const entries: DataEntry[] = []
    for (const [group, folder] of Object.entries(found)) {
      if (folder === undefined) continue
      for (const file of (await list(folder)).files.filter(isVideo)) {
        entries.push(await entryOf(folder, group, file, found, tests))
      }
    }
    if (tests) check(join(root, testList), entries, tests, partial)
    return entries
  },
}

const names = ['Celeb-real', 'YouTube-real', 'Celeb-synthesis'] as const
type Groups = Readonly<Record<(typeof names)[number], string | undefined>>

/** The three folders; some copies put the videos into a further folder `videos`, and write one with other capitals. */
async function groups(root: string): Promise<Groups> {
  const { folders } = await list(root)
  const find = async (name: string) => {
    const folder = folders.find((other) => other.toLowerCase() === name.toLowerCase())
    if (folder === undefined) return undefined
    const path = join(root, folder)
    return (await list(path)).folders.includes('videos') ? join(path, 'videos') : path
  }
  const [celeb, youtube, synthesis] = await Promise.all(names.map(find))
  return { 'Celeb-real': celeb, 'YouTube-real': youtube, 'Celeb-synthesis': synthesis }
}

async function entryOf(folder: string, group: string, file: string, found: Groups, tests: Tests | undefined) {
  const fake = /^(id\d+)_(id\d+)_(\d+)$/.exec(stem(file))
  const person = /^(id\d+)_/.exec(stem(file))?.[1]
  const source = fake && found['Celeb-real'] && join(found['Celeb-real'], `${fake[1]}_${fake[3]}.mp4`)
  const split = tests && (tests.has(`${group}/${file}`.toLowerCase()) ? 'test' : 'train')
  return {
    path: join(folder, file),
    label: group === 'Celeb-synthesis' ? 'fake' : 'real',
    subset: group,
    identities: (fake ? [fake[1]!, fake[2]!] : person === undefined ? [] : [person]).map((id) => `celeb-${id}`),
    split: split ?? null,
    ...(source && (await isFile(source)) && { source }),
  } satisfies DataEntry
}

/** Label of each listed video, 1 for real, by folder and name in small letters; and its line. */
type Tests = ReadonlyMap<string, { readonly real: boolean; readonly line: number }>

async function readTests(path: string): Promise<Tests | undefined> {
  if (!(await isFile(path))) return undefined
  const tests = new Map<string, { real: boolean; line: number }>()
  const lines = new TextDecoder().decode(await readBytes(path)).split(/\r?\n/)
  for (const [i, text] of lines.entries()) {
    if (text.trim() === '') continue
    const [, label, folder, file] = /^([01])\s+([^/]+)\/(.+?)\s*$/.exec(text) ?? []
    if (folder === undefined || file === undefined) {
      throw new UnmaskError('dataset-layout', `${path}:${i + 1}: not like "1 YouTube-real/00170.mp4": ${text}`)
    }
    tests.set(`${folder}/${basename(file)}`.toLowerCase(), { real: label === '1', line: i + 1 })
  }
  return tests
}

function check(path: string, entries: readonly DataEntry[], tests: Tests, partial: boolean): void {
  const labels = new Map(entries.map((entry) => [keyOf(entry), entry.label]))
  for (const [key, { real, line }] of tests) {
    const label = labels.get(key)
    if (label !== undefined && (label === 'real') !== real) {
      throw new UnmaskError('dataset-layout', `${path}:${line}: the list calls ${key} ${real ? 'real' : 'fake'}`)
    }
  }
  const missing = [...tests.keys()].filter((key) => !labels.has(key))
  checkListed(path, missing, tests.size, partial)
}

function keyOf({ path, subset }: DataEntry): string {
  return `${subset}/${basename(path)}`.toLowerCase()
}
