import { type Command, Option } from 'commander'
import { positiveNumber, wholeNumber } from './arguments.ts'
import type { EvaluateCommandOptions } from './evaluate/run.ts'

/** `unmask evaluate`: how good a model is, on labelled videos. */
export function registerEvaluate(program: Command): void {
  program
    .command('evaluate')
    .description('measure a model on labelled videos')
    .requiredOption('--data <path>', 'manifest (.csv, .jsonl) or folder of a data set, see docs/datasets.md')
    .requiredOption('--model <file>', 'model file')
    .option('--out <folder>', 'folder for evaluation.json, report.html, scores.csv, and scores.jsonl to go on from')
    .option('--json <file>', 'also write the JSON here; - for the standard output, in place of the tables')
    .option('--perturb <kinds>', 'also under perturbations: all, or e.g. noise,blur:3 (docs/evaluation.md)')
    .option('--localise', 'also whether the evidence lies where masks say that it was forged', false)
    .option('--frames <number>', 'take so many frames of each video, evenly spread, at most', wholeNumber(1))
    .option('--recode <crf>', 'encode all videos anew, as H.264 of this constant rate factor', wholeNumber(0))
    .option('--scale <factor>', 'resize all videos', positiveNumber)
    .option('--kind <kind>', 'layout of the data set (default: found out)', 'auto')
    .addOption(new Option('--split <name>', 'only this split').choices(['train', 'validation', 'test']))
    .option('--subset <names...>', 'only these subsets; * stands for any text')
    .option('--limit <number>', 'so many videos of each subset and label at most', wholeNumber(1))
    .option('--clips <number>', 'clips of a video, at most', wholeNumber(1), 4)
    .addOption(new Option('--faces <which>', 'which faces of a video count').choices(['all', 'largest']).default('all'))
    .option('--cache <folder>', 'where face crops are kept between runs (default: the cache of the user)')
    .option('--no-cache', 'keep no crops')
    .option('--device <kind>', 'where the network runs: cpu, webgpu, cuda or auto', 'cpu')
    .option('--seed <number>', 'of noise, drawn videos and intervals', wholeNumber(0), 0)
    .option('--force', 'replace what exists', false)
    .action(async (options: EvaluateCommandOptions) => {
      const { runEvaluation } = await import('./evaluate/run.ts')
      await runEvaluation(options)
    })
}
