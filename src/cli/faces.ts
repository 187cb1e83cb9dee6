import type { Command } from 'commander'
import { positiveNumber, wholeNumber } from './arguments.ts'
import type { FacesOptions } from './faces/run.ts'

/** `unmask faces`: the faces of a video, followed through it, as data and as pictures to look at. */
export function registerFaces(program: Command): void {
  program
    .command('faces')
    .description('find the faces of a video and follow them through it')
    .argument('<file>', 'video, picture, folder or glob of pictures; - for the standard input')
    .requiredOption('--out <folder>', 'folder for faces.json and the crops, track-01/000123.png by number of the frame')
    .option('--overlay <file>', 'also write the video with the faces marked, as .mp4 or .webm')
    .option('--sheet <file>', 'also write a contact sheet of the faces, as .jpg or .png')
    .option('--json', 'print faces.json', false)
    .option('--rate <number>', 'frames a second to look at', positiveNumber, 10)
    .option('--size <pixels>', 'width and height of the crops', wholeNumber(16), 224)
    .option('--device <kind>', 'where the detector runs: cpu, webgpu, cuda or auto', 'cpu')
    .option('--force', 'replace what exists', false)
    .action(async (file: string, options: FacesOptions) => {
      const { findFaces } = await import('./faces/run.ts')
      await findFaces(file, options)
    })
}
