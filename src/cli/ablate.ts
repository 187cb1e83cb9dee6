import type { Command } from 'commander'
import type { AblateCommandOptions } from './ablate/run.ts'
import { collected, wholeNumber } from './arguments.ts'

/** `unmask ablate`: what parts of a recipe are worth, by training it with other values. */
export function registerAblate(program: Command): void {
  program
    .command('ablate')
    .description('train a recipe with several values of its keys, and compare what validation says')
    .argument('<recipe>', 'recipe file')
    .requiredOption(
      '--grid <key=a,b,c>',
      'values of a key; may be repeated: all combinations are trained',
      collected,
      [],
    )
    .requiredOption('--out <folder>', 'folder of the runs; finished ones in it are kept, a broken one goes on')
    .option('--seeds <number>', 'how often each combination is trained, each time with another seed', wholeNumber(1), 1)
    .option('--set <key=value>', 'change a key of the recipe in all runs; may be repeated', collected, [])
    .option('--json', 'print the results as JSON', false)
    .option('--cache <folder>', 'where face crops are kept between runs (default: the cache of the user)')
    .option('--workers <number>', 'threads that make batches', wholeNumber(1), 2)
    .option('--device <kind>', 'where the network is trained: cpu, webgpu, cuda or auto', 'cpu')
    .action(async (recipe: string, options: AblateCommandOptions) => {
      const { runAblation } = await import('./ablate/run.ts')
      await runAblation(recipe, options)
    })
}
