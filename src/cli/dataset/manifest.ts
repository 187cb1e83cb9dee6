import type { Command } from 'commander'
import { refuseExisting } from '../output-file.ts'
import { type ReadingOptions, readingOptions, withReading } from './reading.ts'

interface Options extends ReadingOptions {
  readonly out: string
  readonly force: boolean
}

/** `unmask dataset manifest`: a data set as a table that can be looked at, changed and kept. */
export function registerManifest(dataset: Command): void {
  const command = dataset
    .command('manifest')
    .description('write down what a data set holds')
    .argument('<root>', 'folder of the data set, or a video')
    .requiredOption('--out <file>', 'manifest to write, .csv or .jsonl')
  withReading(command).option('--force', 'replace the file if it exists', false).action(write)
}

async function write(root: string, options: Options): Promise<void> {
  await refuseExisting(options.out, options.force)
  const { writeManifest } = await import('../../dataset/manifest/manifest.ts')
  const { readDataset } = await import('../../dataset/read-dataset.ts')
  const { summarise, summaryText } = await import('./summary.ts')
  const manifest = await readDataset(root, readingOptions(options))
  await writeManifest(options.out, manifest)
  console.log(`${summaryText(summarise(manifest))}\nwrote ${options.out}`)
}
