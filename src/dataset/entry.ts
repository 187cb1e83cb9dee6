/** A video, a picture, or a folder of frames of a data set. */
export interface DataEntry {
  /** Absolute path of a file or of a folder of frames. */
  readonly path: string
  readonly label: 'real' | 'fake'
  /** Part of the data set, e.g. the forging method or the compression; results are told for each. */
  readonly subset: string
  /** Who is seen in it and, in a fake, whose face was taken; empty where not known. */
  readonly identities: readonly string[]
  readonly split: 'train' | 'validation' | 'test' | null
  /** Of a fake: video or folder of frames that shows what was forged, white on black. */
  readonly mask?: string
  /** Of a fake: path of the real video that it was made from, where known. */
  readonly source?: string
}

/** What there is to train on or to measure with. */
export interface Manifest {
  readonly name: string
  readonly entries: readonly DataEntry[]
}
