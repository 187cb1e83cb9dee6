import { access, constants } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileError } from '../../files/positional.ts'
import { containerOf } from '../../video/node/writer/container.ts'
import { imageFormatOf } from '../../video/node/writer/image.ts'
import { refuseExisting, refuseInputs } from '../output-file.ts'
import type { FacesOptions } from './run.ts'

/** Entries of the folder that we write, and that `--force` replaces. */
export const isOurs = (name: string) => name === 'faces.json' || /^track-\d{2,}$/.test(name)

/** Folder of a track's crops. */
export const trackFolder = (id: number) => `track-${`${id}`.padStart(2, '0')}`

/** File of a frame's crop. */
export const cropFile = (index: number) => `${`${index}`.padStart(6, '0')}.png`

/**
 * Finds faults in the names of the files to be written before the work whose results they are to hold.
 * @throws UnmaskError `option-invalid`, `file-exists`, `file-access`, `usage`
 */
export async function checkOutputs(file: string, { overlay, sheet, force }: FacesOptions): Promise<void> {
  if (overlay !== undefined) containerOf(overlay)
  if (sheet !== undefined) imageFormatOf(sheet)
  for (const path of [overlay, sheet]) {
    if (path === undefined) continue
    await refuseExisting(path, force)
    await refuseInputs([path], [file])
    await access(dirname(path), constants.W_OK).catch((error) => {
      throw fileError(path, error)
    })
  }
}
