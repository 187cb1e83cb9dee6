import type { Command } from 'commander'
import { numberBetween, wholeNumber } from '../arguments.ts'
import { refuseExisting } from '../output-file.ts'

interface Options {
  readonly out: string
  readonly validation: number
  readonly test: number
  readonly seed: number
  readonly contents: boolean
  readonly force: boolean
}

/** `unmask dataset split`: gives the entries of a manifest their splits. */
export function registerSplit(dataset: Command): void {
  dataset
    .command('split')
    .description('divide a manifest for training, validation and test; who and what belongs together stays together')
    .argument('<manifest>', 'manifest, .csv or .jsonl; splits that it has are replaced')
    .requiredOption('--out <file>', 'manifest to write, .csv or .jsonl')
    .option('--validation <share>', 'share of the entries', numberBetween(0, 1), 0.1)
    .option('--test <share>', 'share of the entries', numberBetween(0, 1), 0.1)
    .option('--seed <number>', 'another seed, another split', wholeNumber(0), 0)
    .option('--contents', 'read all files, and keep those with the same contents together', false)
    .option('--force', 'replace the file if it exists', false)
    .action(split)
}

async function split(path: string, { out, validation, test, seed, contents, force }: Options): Promise<void> {
  await refuseExisting(out, force)
  const { readManifest, writeManifest } = await import('../../dataset/manifest/manifest.ts')
  const { splitManifest } = await import('../../dataset/split/split.ts')
  const { hashContents } = await import('./contents.ts')
  const { summarise, summaryText } = await import('./summary.ts')
  const manifest = await readManifest(path)
  const hashes = contents ? await hashContents(manifest.entries) : undefined
  const divided = splitManifest(manifest, { validation, test, seed }, hashes)
  await writeManifest(out, divided)
  console.log(`${summaryText(summarise(divided))}\nwrote ${out}`)
}
