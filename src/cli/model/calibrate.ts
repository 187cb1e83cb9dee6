import { type Command, Option } from 'commander'
import { qualityNames } from '../../calibrate/qualities.ts'
import { numberBetween, wholeNumber } from '../arguments.ts'
import type { CalibrateOptions } from './calibrate/run.ts'

/** `unmask model calibrate`: probabilities that hold, and where they become verdicts. */
export function registerCalibrate(model: Command): void {
  model
    .command('calibrate')
    .description('make the probabilities of a model hold, and choose from where on it says fake or real')
    .argument('<file>', 'model file')
    .requiredOption('--data <paths...>', 'authentic videos of people the model has not learnt from: folders, manifests')
    .requiredOption('--out <file>', 'model file to write, with calibration and operating points')
    .option('--json <file>', 'also write what they rest on')
    .option('--subset <names...>', 'only these subsets; * stands for any text')
    .option('--identities <pattern>', 'plain folder: regular expression whose groups are the people seen')
    .option('--forge <file>', 'recipe of forging, YAML, see docs/forging.md (default: the default recipe)')
    .option('--generators <file>', 'generators for resynthesis, of `unmask forge train-generators`')
    .addOption(
      new Option('--quality <names...>', 'what videos go through')
        .choices(qualityNames)
        .default(qualityNames, qualityNames.join(', ')),
    )
    .option('--false-alarms <share>', 'real videos that may be called fake', numberBetween(0, 0.5), 0.03)
    .option('--missed-fakes <share>', 'fakes that may be called real', numberBetween(0, 0.5), 0.1)
    .option('--seed <number>', 'the same seed forges the same fakes', wholeNumber(0), 0)
    .option('--cache <folder>', 'where fakes and face crops are kept (default: the cache of the user)')
    .option('--device <kind>', 'where the network runs: cpu, webgpu, cuda or auto', 'cpu')
    .option('--threads <number>', 'threads of the network on the CPU (default: 1)', wholeNumber(1))
    .option('--force', 'replace what exists', false)
    .action(async (file: string, options: CalibrateOptions) => {
      const { runCalibration } = await import('./calibrate/run.ts')
      await runCalibration(file, options)
    })
}
