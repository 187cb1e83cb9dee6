import { type Command, Option } from 'commander'
import { numberBetween, wholeNumber } from './arguments.ts'
import { verdictList, verdictMatched } from './detect/fail-on.ts'
import type { DetectCommandOptions } from './detect/run.ts'

/** `unmask detect`: whether the faces of videos were forged, and why. */
export function registerDetect(program: Command): void {
  program
    .command('detect')
    .description('find out whether faces in videos were forged')
    .argument(
      '<file...>',
      'videos, pictures, folders (with all below them), globs of the pictures of one video; -: stdin',
    )
    .option('--json', 'print JSON, a line for each file', false)
    .option('--report <path>', 'also write a report: an .html, or a folder for NAME.html of each file')
    .option(
      '--overlay <path>',
      'also write the video, without sound, with verdicts and evidence drawn in:\n.mp4, .webm, or a folder for NAME.overlay.mp4 of each file',
    )
    .option('--model <file>', 'model file (default: the one that comes with unmask)')
    .option('--device <kind>', 'where the networks run: cpu, webgpu, cuda or auto', 'cpu')
    .option('--threads <number>', 'threads of a network on the CPU', wholeNumber(1))
    .option(
      '--every <seconds>',
      'look at a clip every so many seconds (default: a few spread over the video)',
      numberBetween(1, 86_400),
    )
    .addOption(new Option('--faces <which>', 'which faces of a video count').choices(['all', 'largest']).default('all'))
    .option(
      '--fail-on <verdicts>',
      `exit with status ${verdictMatched} for these: fake, uncertain, real, no-face`,
      verdictList,
      [],
    )
    .option('--force', 'replace what exists', false)
    .addHelpText('after', afterHelp)
    .action(async (files: string[], options: DetectCommandOptions) => {
      const { runDetect } = await import('./detect/run.ts')
      await runDetect(files, options)
    })
}

const afterHelp = `
NAME is that of the file, with the folders by which several files differ. A file that fails does not stop the others.

Exit status: 0 when every file got a verdict, whichever; ${verdictMatched} when one is among those of --fail-on; else that
of the error of the first file that failed.`
