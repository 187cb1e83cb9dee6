import type { Command } from 'commander'
import { refuseExisting, reportWritten } from '../output-file.ts'

interface Options {
  readonly out: string
  readonly force: boolean
}

/** `unmask model average`: the mean of the weights of models that learnt from one start. */
export function registerAverage(model: Command): void {
  model
    .command('average')
    .description("write the mean of models' weights: of runs from one start, often better than each of them")
    .argument('<files...>', 'model files, two or more')
    .requiredOption('--out <file>', 'model file to write')
    .option('--force', 'replace the file if it exists', false)
    .action(write)
}

async function write(files: readonly string[], { out, force }: Options): Promise<void> {
  await refuseExisting(out, force)
  const { averageModels } = await import('../../network/average.ts')
  const { readModel, writeModel } = await import('../../network/model-file-node.ts')
  const { bytes, hash } = await writeModel(out, averageModels(await Promise.all(files.map(readModel))))
  reportWritten(out, bytes, hash)
}
