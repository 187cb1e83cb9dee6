import type { Command } from 'commander'
import { collected, wholeNumber } from './arguments.ts'
import type { TrainCommandOptions } from './train/run.ts'

/** `unmask train`: a model from a recipe. */
export function registerTrain(program: Command): void {
  program
    .command('train')
    .description('train a model on authentic videos and pictures, forging the fakes, or on labelled data')
    .argument('<recipe>', 'recipe file, see docs/training.md')
    .requiredOption('--out <folder>', 'folder of the run: model.safetensors, metrics.jsonl, curves.html, checkpoint')
    .option('--resume', 'go on with the run that is in the folder', false)
    .option('--set <key=value>', 'change a key of the recipe, e.g. stages.0.steps=100; may be repeated', collected, [])
    .option('--cache <folder>', 'where face crops are kept between runs (default: the cache of the user)')
    .option('--workers <number>', 'threads that make batches', wholeNumber(1), 2)
    .option('--device <kind>', 'where the network is trained: cpu, webgpu, cuda or auto', 'cpu')
    .action(async (recipe: string, options: TrainCommandOptions) => {
      const { runTraining } = await import('./train/run.ts')
      await runTraining(recipe, options)
    })
}
