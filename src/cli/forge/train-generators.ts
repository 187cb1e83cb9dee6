import type { Command } from 'commander'
import { collected, wholeNumber } from '../arguments.ts'
import type { GeneratorOptions } from './generators.ts'

/** `unmask forge train-generators`: small autoencoders that make real faces anew, for forging by resynthesis. */
export function registerTrainGenerators(forge: Command): void {
  forge
    .command('train-generators')
    .description('train the generators that make faces anew, on authentic ones')
    .option('--data <path>', 'authentic faces: folder, file or manifest; may be repeated', collected, [])
    .option('--out <file>', 'file to write, .safetensors')
    .option('--shape <name>', 'train only this one, e.g. swap-96-nearest; may be repeated', collected, [])
    .option('--steps <number>', 'steps of each generator', wholeNumber(1), 1500)
    .option('--batch <number>', 'faces in a step', wholeNumber(1), 12)
    .option('--faces <number>', 'faces to learn from at most', wholeNumber(1), 4000)
    .option('--seed <number>', 'of first weights and of all that is drawn', wholeNumber(0), 0)
    .option('--cache <folder>', 'where face crops are kept between runs (default: the cache of the user)')
    .option('--device <kind>', 'where they are trained: cpu, webgpu, cuda or auto', 'cpu')
    .option('--force', 'replace the file if it exists', false)
    // Of `forge` itself are some of these options too, and what is given is taken for its own.
    .action(async (_: unknown, command: Command) => {
      const { makeGeneratorFile } = await import('./generators.ts')
      await makeGeneratorFile(command.optsWithGlobals<GeneratorOptions>())
    })
}
