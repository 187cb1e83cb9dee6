import type { Command } from 'commander'
import { wholeNumber } from './arguments.ts'
import type { CompareOptions } from './compare/run.ts'

/** `unmask compare`: whether one model is better than another, as far as the videos can tell. */
export function registerCompare(program: Command): void {
  program
    .command('compare')
    .description('compare evaluations of the same videos')
    .argument('<first>', 'JSON of `unmask evaluate` that the others are compared with')
    .argument('<others...>', 'one more, or several')
    .option('--json', 'print as JSON, with all metrics of each subset', false)
    .option('--replicates <number>', 'bootstrap samples for each interval', wholeNumber(100), 1000)
    .option('--seed <number>', 'of the bootstrap', wholeNumber(0), 0)
    .action(async (first: string, others: string[], options: CompareOptions) => {
      const { compare } = await import('./compare/run.ts')
      await compare(first, others, options)
    })
}
