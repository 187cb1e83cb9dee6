import type { Command } from 'commander'
import type { ReadDatasetOptions } from '../../dataset/options.ts'
import { collected } from '../arguments.ts'

/** Options of commander for `readDataset`, as the command line spells them. */
export interface ReadingOptions {
  readonly kind: NonNullable<ReadDatasetOptions['kind']>
  readonly name?: string
  readonly subset: readonly string[]
  readonly splits?: string
  readonly originals?: string
  readonly sourceVideos: boolean
  readonly partial: boolean
  readonly label?: 'real' | 'fake'
  readonly frames: NonNullable<ReadDatasetOptions['frames']>
  readonly pairs: boolean
  readonly identities?: string
}

const kinds = 'faceforensics, celeb-df, dfdc, deeperforensics, deepfake-timit, folder or auto'

/** Adds the options that say how a data set's folder is read. */
export function withReading(command: Command): Command {
  return command
    .option('--kind <kind>', `how the folder is laid out: ${kinds}`, 'auto')
    .option('--name <name>', 'name of the data set (default: that of the folder)')
    .option('--subset <pattern>', 'keep only these subsets, e.g. "*/c23"; may be repeated', collected, [])
    .option('--splits <folder>', 'FaceForensics++: where train.json, val.json and test.json are')
    .option('--originals <folder>', 'DeeperForensics: root of FaceForensics++; DeepfakeTIMIT: root of VidTIMIT')
    .option('--source-videos', "DeeperForensics: take the actors' own videos as real ones", false)
    .option('--partial', 'allow that listed files are missing', false)
    .option('--label <label>', 'plain folder: real or fake, for all in it')
    .option('--frames <when>', 'plain folder: whether folders of pictures are videos: auto, always or never', 'auto')
    .option('--no-pairs', 'plain folder: do not take files of the same name for a fake and its original')
    .option('--identities <pattern>', 'plain folder: regular expression whose groups are the people seen')
}

/** Only what was asked for: a manifest takes none of it. */
export function readingOptions(given: ReadingOptions): ReadDatasetOptions {
  const { kind, name, subset, splits, originals, sourceVideos, partial, label, frames, pairs, identities } = given
  return {
    kind,
    ...(name !== undefined && { name }),
    ...(subset.length > 0 && { subsets: subset }),
    ...(splits !== undefined && { splits }),
    ...(originals !== undefined && { originals }),
    ...(sourceVideos && { sourceVideos }),
    ...(partial && { partial }),
    ...(label !== undefined && { label }),
    ...(frames !== 'auto' && { frames }),
    ...(pairs ? {} : { pairs }),
    ...(identities !== undefined && { identities }),
  }
}
