import { basename } from 'node:path'
import type { Command } from 'commander'
import type { AuthorsOptions } from '../../network/authors.ts'
import { wholeNumber } from '../arguments.ts'
import { refuseExisting, reportWritten } from '../output-file.ts'

interface Options extends AuthorsOptions {
  readonly force: boolean
}

/** `unmask model import`: a checkpoint of the method's authors as a model file. */
export function registerImport(model: Command): void {
  model
    .command('import')
    .description("make a model of a checkpoint of the authors' PyTorch code")
    .argument('<checkpoint>', 'safetensors file')
    .argument('<out>', 'model file to write')
    .option('--snippets <count>', 'snippets in a clip (default: 5)', wholeNumber(1))
    .option('--frames <count>', 'frames in a snippet (default: 20)', wholeNumber(1))
    .option('--size <pixels>', 'height and width of a face crop (default: 112)', wholeNumber(16))
    .option('--force', 'replace the file if it exists', false)
    .action(convert)
}

async function convert(checkpoint: string, out: string, { force, ...options }: Options): Promise<void> {
  await refuseExisting(out, force)
  const { importAuthors } = await import('../../network/authors.ts')
  const { writeModel } = await import('../../network/model-file-node.ts')
  const { readSafetensors } = await import('../../tensor/safetensors-file.ts')
  const { tensors } = await readSafetensors(checkpoint)
  const metadata = { name: 'mrl-authors', checkpoint: basename(checkpoint) }
  const { bytes, hash } = await writeModel(out, { ...importAuthors(tensors, options), metadata })
  reportWritten(out, bytes, hash)
}
