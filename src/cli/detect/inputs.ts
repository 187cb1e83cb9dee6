import { join, resolve } from 'node:path'
import { isFolder, isPicture, isVideo, walk } from '../../dataset/layouts/tree.ts'
import { UnmaskError } from '../../errors.ts'

/**
 * The files that the arguments name, each once: of a folder all videos and pictures in it and below it. What does not
 * exist stays, for its own error when it is opened; so does `-`.
 * @throws UnmaskError `file-access` for a folder that cannot be read or holds none
 */
export async function inputFiles(names: readonly string[]): Promise<string[]> {
  const files = new Map<string, string>()
  for (const name of names) {
    for (const file of (await isFolder(name)) ? await filesIn(name) : [name]) {
      if (!files.has(resolve(file))) files.set(resolve(file), file)
    }
  }
  return [...files.values()]
}

async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = []
  for await (const { inside, files } of walk(folder)) {
    found.push(...files.filter((name) => isVideo(name) || isPicture(name)).map((name) => join(folder, inside, name)))
  }
  if (found.length === 0) throw new UnmaskError('file-access', `${folder}: no videos or pictures in this folder`)
  return found
}
