/** Miniature data sets for tests: files whose names matter and whose contents do not. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll } from 'vitest'
import type { DataEntry, Manifest } from '../entry.ts'

const made: string[] = []

afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true })
})

/** A folder of its own, removed after the tests of this file. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'unmask-dataset-'))
  made.push(folder)
  return folder
}

/**
 * A folder with such files in it.
 * @param files paths, or paths with what the files hold
 */
export async function tree(...files: readonly (string | readonly [string, string])[]): Promise<string> {
  const root = await emptyFolder()
  for (const file of files) {
    const [path, content] = typeof file === 'string' ? [file, ''] : file
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), content)
  }
  return root
}

/** Entries by their path within a root, with paths within it. */
export function within(root: string, { entries }: Manifest): Record<string, Omit<DataEntry, 'path'>> {
  return Object.fromEntries(
    entries.map(({ path, mask, source, ...rest }) => [
      relative(root, path),
      {
        ...rest,
        ...(mask !== undefined && { mask: relative(root, mask) }),
        ...(source !== undefined && { source: relative(root, source) }),
      },
    ]),
  )
}
