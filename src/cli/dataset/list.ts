import type { Command } from 'commander'
import { type ReadingOptions, readingOptions, withReading } from './reading.ts'

interface Options extends ReadingOptions {
  readonly check: boolean
  readonly contents: boolean
  readonly json: boolean
}

/** `unmask dataset list`: what a data set holds, in numbers. */
export function registerList(dataset: Command): void {
  const command = dataset
    .command('list')
    .description('show what a data set holds, and whether its splits have anything in common')
    .argument('<root>', 'folder of the data set, a video, or a manifest (.csv, .jsonl)')
  withReading(command)
    .option('--check', 'fail if splits share files, people or real videos', false)
    .option('--contents', 'with --check: read all files and compare their contents too', false)
    .option('--json', 'print as JSON', false)
    .action(list)
}

async function list(root: string, options: Options): Promise<void> {
  const { readData } = await import('../../dataset/read-data.ts')
  const { summarise, summaryText } = await import('./summary.ts')
  const manifest = await readData(root, readingOptions(options))
  const summary = summarise(manifest)
  console.log(options.json ? JSON.stringify(summary, undefined, 2) : summaryText(summary))
  if (!options.check) return
  const { checkSplits } = await import('../../dataset/split/leaks.ts')
  const { hashContents } = await import('./contents.ts')
  checkSplits(manifest, options.contents ? await hashContents(manifest.entries) : undefined)
}
