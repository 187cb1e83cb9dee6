import { readdir, realpath, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileError } from '../../files/positional.ts'
import { isPicture } from '../../video/node/stills.ts'

/** What is in a folder, by name, hidden things left out. Links count as what they lead to. */
export interface Listing {
  readonly folders: readonly string[]
  readonly files: readonly string[]
}

const nothing: Listing = { folders: [], files: [] }

/** 2 before 10. */
export const { compare: naturally } = new Intl.Collator('en', { numeric: true })

/** @returns nothing where there is no such folder. @throws UnmaskError `file-access` */
export async function list(folder: string): Promise<Listing> {
  const found = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw fileError(folder, error)
  })
  if (!found) return nothing
  const folders: string[] = []
  const files: string[] = []
  for (const entry of found) {
    if (entry.name.startsWith('.')) continue
    const target = entry.isSymbolicLink() ? await stat(join(folder, entry.name)).catch(() => undefined) : entry
    if (target?.isDirectory()) folders.push(entry.name)
    else if (target?.isFile()) files.push(entry.name)
  }
  return { folders: folders.sort(naturally), files: files.sort(naturally) }
}

/** A folder below the one that was walked, and what is in it. */
export interface Walked extends Listing {
  /** From the first folder on, by `/`; empty for that folder itself. */
  readonly inside: string
}

/** The folder and all below it, each before what is in it; of folders that link to each other each is seen once. */
export async function* walk(
  folder: string,
  inside = '',
  seen: Set<string> = new Set(),
): AsyncGenerator<Walked, void, undefined> {
  const here = await realpath(folder).catch(() => folder)
  if (seen.has(here)) return
  seen.add(here)
  const listing = await list(folder)
  yield { inside, ...listing }
  for (const name of listing.folders) yield* walk(join(folder, name), inside === '' ? name : `${inside}/${name}`, seen)
}

export async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}

export async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}

/** Extensions by which videos are told from what else is in a folder. */
const videos = new Set(
  [
    'mp4',
    'm4v',
    'mov',
    'avi',
    'mkv',
    'webm',
    'mpg',
    'mpeg',
    'wmv',
    'flv',
    'ts',
    'mts',
    'm2ts',
    '3gp',
    'ogv',
    'gif',
  ].map((extension) => `.${extension}`),
)

export function isVideo(name: string): boolean {
  return videos.has(extname(name).toLowerCase())
}

export { isPicture }

/** A name without its extension. */
export function stem(name: string): string {
  return name.slice(0, name.length - extname(name).length)
}
