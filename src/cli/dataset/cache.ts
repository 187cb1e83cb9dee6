import type { Command } from 'commander'
import type { CacheSize } from '../../dataset/cache/maintenance.ts'
import { numberBetween } from '../arguments.ts'
import { count, mebibytes } from '../text.ts'

interface Options {
  readonly folder?: string
  readonly clear: boolean
  /** MiB. */
  readonly limit?: number
  readonly json: boolean
}

/** `unmask dataset cache`: how much room the cut out faces take, and making some. */
export function registerCache(dataset: Command): void {
  dataset
    .command('cache')
    .description('show how much room cut out faces take, or remove them')
    .option('--folder <folder>', 'the cache (default: unmask in $XDG_CACHE_HOME or ~/.cache)')
    .option('--clear', 'remove all of it', false)
    .option('--limit <MiB>', 'remove the oldest until no more than this is left', numberBetween(0, Number.MAX_VALUE))
    .option('--json', 'print as JSON', false)
    .action(tidy)
}

async function tidy({ folder: given, clear, limit, json }: Options): Promise<void> {
  const { defaultCacheFolder } = await import('../../dataset/cache/folder.ts')
  const { cropCacheSize, trimCropCache } = await import('../../dataset/cache/maintenance.ts')
  const folder = given ?? defaultCacheFolder()
  const most = clear ? 0 : limit === undefined ? undefined : limit * 2 ** 20
  const removed = most === undefined ? { files: 0, bytes: 0 } : await trimCropCache(folder, most)
  const left = await cropCacheSize(folder)
  if (json) {
    console.log(JSON.stringify({ folder, ...left, removed }, undefined, 2))
    return
  }
  if (most !== undefined) console.log(`removed ${sizeText(removed)}`)
  console.log(`${folder}: ${sizeText(left)}`)
}

function sizeText({ files, bytes }: CacheSize): string {
  return `${files === 1 ? '1 file' : `${count(files)} files`}, ${mebibytes(bytes)}`
}
