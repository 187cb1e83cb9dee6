import { type Command, Option } from 'commander'
import { areaNames } from '../face/landmarks/areas.ts'
import { wholeNumber } from './arguments.ts'
import type { ForgeOptions } from './forge/run.ts'
import { registerTrainGenerators } from './forge/train-generators.ts'

/** `unmask forge`: fakes made of real faces, to look at or to learn from. */
export function registerForge(program: Command): void {
  const command = program
    .command('forge')
    .description('make fakes of the real faces in videos and pictures, each beside its real one')
    .argument('<in...>', 'videos, pictures, folders of them, globs')
    .requiredOption('--out <folder>', 'folder for pair-0001-{real,fake,mask}.png, ... and forge.json')
    .option('--count <number>', 'how many pairs', wholeNumber(0), 8)
    .addOption(new Option('--region <name>', 'what of the face is forged (default: drawn)').choices(areaNames))
    .addOption(new Option('--kind <kind>', 'how (default: drawn)').choices(['self', 'swap', 'resynthesis']))
    .option('--video', 'also write the pairs as .mp4, and the forged twin of each whole video: NAME-forged.mp4', false)
    .option('--recipe <file>', 'recipe of forging, YAML, see docs/forging.md')
    .option('--generators <file>', 'generators for resynthesis, of `unmask forge train-generators`')
    .option('--size <pixels>', 'width and height of the pictures', wholeNumber(16), 224)
    .option('--frames <number>', 'frames of a pair', wholeNumber(1), 8)
    .option('--seed <number>', 'the same seed makes the same fakes', wholeNumber(0), 0)
    .option('--force', 'replace what exists', false)
    .action(async (inputs: string[], options: ForgeOptions) => {
      const { forge } = await import('./forge/run.ts')
      await forge(inputs, options)
    })
  registerTrainGenerators(command)
}
