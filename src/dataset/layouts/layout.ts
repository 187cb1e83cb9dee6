import type { DataEntry } from '../entry.ts'
import type { DatasetKind, ReadOptions } from '../options.ts'

/** How one data set is laid out, and how it is read. */
export interface Layout {
  readonly kind: Exclude<DatasetKind, 'auto'>
  /** The tree that is expected, for who has another one. */
  readonly tree: string
  /** Whether a folder looks like it. */
  recognise(root: string): Promise<boolean>
  /**
   * @param root absolute
   * @throws UnmaskError `dataset-layout`, `file-access`
   */
  read(root: string, options: ReadOptions): Promise<DataEntry[]>
}
