import { z } from 'zod'

/** The data sets whose layouts are known; `auto` finds out which it is. */
export const datasetKinds = [
  'auto',
  'faceforensics',
  'celeb-df',
  'dfdc',
  'deeperforensics',
  'deepfake-timit',
  'folder',
] as const

export type DatasetKind = (typeof datasetKinds)[number]

export const readOptions = z.strictObject({
  kind: z.enum(datasetKinds).default('auto'),
  /** Name of the manifest; default: that of the folder. */
  name: z.string().min(1).optional(),
  /** Subsets to keep, e.g. `Deepfakes/c23`; `*` stands for any text within a name. Default: all. */
  subsets: z.array(z.string()).readonly().optional(),
  /** FaceForensics++: folder with the official `train.json`, `val.json` and `test.json`; default: the root, or `splits` in it. */
  splits: z.string().optional(),
  /**
   * Where the real videos are, which some publishers leave to others: of DeeperForensics the root of FaceForensics++, of
   * DeepfakeTIMIT that of VidTIMIT.
   */
  originals: z.string().optional(),
  /** DeeperForensics: whether its source videos count as real ones; its authors advise against it. */
  sourceVideos: z.boolean().default(false),
  /** Whether files may be missing that a list of the data set names. */
  partial: z.boolean().default(false),
  /** Plain folder: the label of everything in it, in place of folders `real` and `fake`. */
  label: z.enum(['real', 'fake']).optional(),
  /** Plain folder: whether a folder of pictures is one video (`always`), or each picture an entry (`never`); `auto`: by their names. */
  frames: z.enum(['auto', 'always', 'never']).default('auto'),
  /** Plain folder: whether a fake was made from the real entry of the same path and name. */
  pairs: z.boolean().default(true),
  /** Plain folder: a regular expression for paths within the root; its groups are the identities. */
  identities: z.string().refine(isPattern, 'is no regular expression').optional(),
})

export type ReadDatasetOptions = z.input<typeof readOptions>
export type ReadOptions = z.output<typeof readOptions>

function isPattern(text: string): boolean {
  try {
    new RegExp(text, 'u')
    return true
  } catch {
    return false
  }
}
