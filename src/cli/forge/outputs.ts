import { basename, extname } from 'node:path'

/** Entries of the folder that we write, and that `--force` replaces. */
export const isOurs = (name: string) =>
  name === 'forge.json' ||
  /^pair-\d{4,}(-(real|fake|mask)\.png|\.mp4)$/.test(name) ||
  /-(real|forged|mask)\.mp4$/.test(name)

/** How the files of a pair begin. @param number from 1 */
export const pairName = (number: number) => `pair-${`${number}`.padStart(4, '0')}`

/** How the files of each video's twin begin: by its name, with a number where several are called so. */
export function twinNames(paths: readonly string[]): string[] {
  const taken = new Map<string, number>()
  return paths.map((path) => {
    const name = basename(path, extname(path))
    const count = (taken.get(name) ?? 0) + 1
    taken.set(name, count)
    return count === 1 ? name : `${name}-${count}`
  })
}
