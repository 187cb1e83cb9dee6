import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileError } from '../files/positional.ts'
import { isPicture } from '../video/node/stills.ts'

/** Whether an entry is a single picture, not a video or a folder of frames. @throws UnmaskError `file-access` */
export async function isStill(path: string): Promise<boolean> {
  if (!isPicture(basename(path))) return false
  const found = await stat(path).catch((error) => {
    throw fileError(path, error)
  })
  return found.isFile()
}
