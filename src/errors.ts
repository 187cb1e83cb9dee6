/**
 * The one table of coded errors. Command line, service and page render from it: `exit` is the process exit
 * status, `http` the response status, `hint` what the user can do about it.
 */
const table = {
  'graph-shape': { exit: 70, http: 500, hint: 'The shapes given to this operator do not fit together.' },
  'graph-use': { exit: 70, http: 500, hint: 'The graph was built or used in a way that has no meaning.' },
  'safetensors-format': { exit: 65, http: 422, hint: 'The file is damaged or is not safetensors; get it again.' },
  'tensor-shape': { exit: 65, http: 422, hint: 'Check that shape, type and data of the tensor agree.' },
  'tensor-name': { exit: 65, http: 422, hint: 'Check the tensor names: well-formed text, each used once.' },
  'random-use': { exit: 70, http: 500, hint: 'Check the numbers given to the random generator.' },
  'memory-short': { exit: 71, http: 503, hint: 'Use a machine with more memory, or a smaller file.' },
  'file-access': { exit: 66, http: 404, hint: 'Check that the path exists and may be read or written.' },
  'file-exists': { exit: 73, http: 409, hint: 'Choose another path, or replace the file with --force.' },
  'in-use': { exit: 75, http: 409, hint: 'Wait until it has ended, or choose another path.' },
  'model-format': {
    exit: 65,
    http: 422,
    hint: 'Weights of other programs become a model with `unmask model import`, new ones with `unmask model new`.',
  },
  'digest-missing': { exit: 69, http: 503, hint: 'Open the page by https:// or from localhost.' },
  'package-damaged': { exit: 70, http: 500, hint: 'Install Unmask again, or serve all of its files.' },
  'device-missing': { exit: 69, http: 503, hint: 'Run `unmask devices` to see what this machine has.' },
  'device-failed': { exit: 70, http: 500, hint: 'Try another device, e.g. --device cpu.' },
  disposed: { exit: 70, http: 500, hint: 'It was closed before or during this call; open a new one.' },
  'config-invalid': { exit: 64, http: 400, hint: 'See the network configuration in docs/network.md.' },
  'recipe-invalid': { exit: 64, http: 400, hint: 'See the keys of a recipe in docs/training.md.' },
  'checkpoint-invalid': {
    exit: 65,
    http: 409,
    hint: 'Continue with the recipe and version of the run, or train anew into another folder.',
  },
  'train-diverged': {
    exit: 70,
    http: 500,
    hint: 'Lower the learning rate or its clipNorm; the last good checkpoint is kept, `--resume` goes on from it.',
  },
  'generators-format': {
    exit: 65,
    http: 422,
    hint: 'Train generators with this version: unmask forge train-generators --data FOLDER --out FILE',
  },
  'weights-mismatch': { exit: 65, http: 422, hint: 'These weights belong to another network configuration.' },
  'option-invalid': { exit: 64, http: 400, hint: 'Correct the options named in the message.' },
  'video-format': { exit: 65, http: 415, hint: 'Check that it is a video or a picture, and plays elsewhere.' },
  'video-codec': { exit: 65, http: 415, hint: 'Convert it, e.g. ffmpeg -i FILE -c:v libx264 -crf 16 converted.mp4' },
  'video-damaged': { exit: 65, http: 422, hint: 'The file is damaged or incomplete; get it again.' },
  'video-limit': { exit: 69, http: 413, hint: 'If you trust the file, raise the limit that the message names.' },
  'video-stalled': {
    exit: 74,
    http: 422,
    hint: 'The file is broken or the machine is overloaded; try again, or raise the limit.',
  },
  'video-write': {
    exit: 74,
    http: 500,
    hint: 'Check the free space and how the name ends: .mp4 or .webm, for a picture .png or .jpg.',
  },
  'face-missing': { exit: 65, http: 422, hint: 'Run `unmask faces FILE --out FOLDER` to see what was found.' },
  'detection-format': { exit: 65, http: 422, hint: 'Give the JSON that `unmask detect --json` printed.' },
  'evaluation-format': { exit: 65, http: 422, hint: 'Give a file that `unmask evaluate` wrote.' },
  'evaluate-mismatch': { exit: 65, http: 422, hint: 'Compare evaluations of the same videos, under the same paths.' },
  'calibration-failed': {
    exit: 65,
    http: 422,
    hint: 'Train the model further, or calibrate on more videos of more people.',
  },
  'dataset-missing': {
    exit: 66,
    http: 404,
    hint: 'Check the path; docs/datasets.md shows how data sets are laid out.',
  },
  'dataset-layout': { exit: 65, http: 422, hint: 'See the layouts in docs/datasets.md, or write a manifest.' },
  'dataset-leak': { exit: 65, http: 422, hint: 'Split by identity: unmask dataset split MANIFEST --out FILE' },
  'manifest-format': { exit: 65, http: 422, hint: 'See the columns of a manifest in docs/datasets.md.' },
  usage: { exit: 64, http: 400, hint: 'Run the command with --help.' },
} as const

/** A key of the error table. */
export type ErrorCode = keyof typeof table

/** An error that a user can act on: what was wrong and where in `message`, what to do in `hint`. */
export class UnmaskError extends Error {
  override readonly name = 'UnmaskError'
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }

  /** What the user can do about it. */
  get hint(): string {
    return table[this.code].hint
  }

  /** Process exit status, after sysexits.h. */
  get exitStatus(): number {
    return table[this.code].exit
  }

  /** HTTP response status. */
  get httpStatus(): number {
    return table[this.code].http
  }
}
