import type { DataEntry } from '../../../dataset/entry.ts'
import { isStill } from '../../../dataset/still.ts'
import { UnmaskError } from '../../../errors.ts'
import { selectEntries } from '../../../evaluate/run/select.ts'
import { entriesOf } from '../../forge/generators.ts'

export interface AuthenticData {
  readonly data: readonly string[]
  readonly subset?: readonly string[]
  readonly identities?: string
}

/**
 * The authentic videos of all data; fakes and single pictures among it are passed over.
 * @throws UnmaskError `dataset-missing` where there is none; what reading the data throws
 */
export async function authenticVideos({ data, subset, identities }: AuthenticData): Promise<DataEntry[]> {
  const all = await Promise.all(data.map((path) => entriesOf(path, identities === undefined ? {} : { identities })))
  const chosen = selectEntries(all.flat(), { subsets: subset })
  const videos: DataEntry[] = []
  for (const entry of chosen) if (entry.label === 'real' && !(await isStill(entry.path))) videos.push(entry)
  if (videos.length > 0) return videos
  throw new UnmaskError('dataset-missing', `there is no authentic video in ${data.join(', ')}`)
}
