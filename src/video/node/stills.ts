import { glob, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UnmaskError } from '../../errors.ts'
import { fileError } from '../../files/positional.ts'

/** Extensions by which pictures are told from what else is in a folder. */
const extensions = [
  'jpg',
  'jpeg',
  'jpe',
  'jfif',
  'png',
  'webp',
  'bmp',
  'tif',
  'tiff',
  'jxl',
  'avif',
  'ppm',
  'pgm',
  'qoi',
  'jp2',
]

/** 2 before 10. */
const { compare } = new Intl.Collator('en', { numeric: true })

/**
 * The pictures in a folder, in natural order.
 * @throws UnmaskError `file-access`, `video-format` when there is none
 */
export async function stillsInFolder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    throw fileError(folder, error)
  })
  const names = entries.filter((entry) => !entry.isDirectory() && isPicture(entry.name)).map(({ name }) => name)
  if (names.length === 0) {
    throw new UnmaskError('video-format', `${folder}: no pictures in this folder (looked for ${extensions.join(', ')})`)
  }
  return names.sort(compare).map((name) => resolve(folder, name))
}

/**
 * The files that a glob finds, in natural order of their paths.
 * @throws UnmaskError `file-access` when there is none
 */
export async function stillsOfGlob(pattern: string): Promise<string[]> {
  const found: string[] = []
  for await (const entry of glob(pattern, { withFileTypes: true })) {
    if (!entry.isDirectory()) found.push(join(entry.parentPath, entry.name))
  }
  if (found.length === 0)
    throw new UnmaskError('file-access', `${pattern}: no such file, and no file fits it as a pattern`)
  return found.sort(compare).map((path) => resolve(path))
}

/** Whether text can be a pattern of paths. */
export function isGlob(text: string): boolean {
  return /[*?[\]{}]/.test(text)
}

/**
 * Whether a file is a picture, by its name: its extension, or that it is a mere number, as the frames of VidTIMIT are.
 * Hidden files are none.
 */
export function isPicture(name: string): boolean {
  if (name.startsWith('.')) return false
  return /^\d+$/.test(name) || extensions.includes(name.slice(name.lastIndexOf('.') + 1).toLowerCase())
}
