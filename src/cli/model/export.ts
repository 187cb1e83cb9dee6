import type { Command } from 'commander'
import { wholeNumber } from '../arguments.ts'
import { refuseExisting, reportWritten } from '../output-file.ts'

interface Options {
  readonly batch: number
  readonly gradCam: boolean
  readonly force: boolean
}

/** `unmask model export`: a model as ONNX for other programs. */
export function registerExport(model: Command): void {
  model
    .command('export')
    .description('write a model as ONNX, weights inside')
    .argument('<file>', 'model file')
    .argument('<out>', 'ONNX file to write')
    .option('--batch <clips>', 'clips in a run', wholeNumber(1), 1)
    .option('--grad-cam', 'also return where the evidence for a forgery is', false)
    .option('--force', 'replace the file if it exists', false)
    .action(write)
}

async function write(file: string, out: string, { batch, gradCam, force }: Options): Promise<void> {
  await refuseExisting(out, force)
  const { replaceFile } = await import('../../files/replace.ts')
  const { exportModel } = await import('../../network/export.ts')
  const { sha256 } = await import('../../digest.ts')
  const { readModel } = await import('../../network/model-file-node.ts')
  const bytes = exportModel(await readModel(file), { batch, gradCam })
  await replaceFile(out, bytes)
  reportWritten(out, bytes.length, await sha256(bytes))
}
