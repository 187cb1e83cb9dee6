import { dirname, extname, join, relative, resolve, sep } from 'node:path'
import { isFolder } from '../../dataset/layouts/tree.ts'
import { UnmaskError } from '../../errors.ts'
import { containerOf } from '../../video/node/writer/container.ts'
import { checkWritable, refuseExisting, refuseInputs } from '../output-file.ts'

/** Files that are to be written of one input. */
export interface Outputs {
  readonly report?: string
  readonly overlay?: string
}

export interface OutputOptions extends Outputs {
  readonly force: boolean
}

/**
 * Decides what is written where, and finds faults in it before the work. `--report` and `--overlay` name a file by its
 * extension, else a folder, in which files are called as the inputs are below the folder that all inputs share:
 * `talk.mp4.html`, `talk.mp4.overlay.mp4`.
 * @returns of each input
 * @throws UnmaskError `usage`, `option-invalid`, `file-exists`, `file-access`
 */
export async function planOutputs(inputs: readonly string[], options: OutputOptions): Promise<Outputs[]> {
  const { report, overlay, force } = options
  const reports = await pathsFor(inputs, '--report', report, '.html', checkReport)
  const overlays = await pathsFor(inputs, '--overlay', overlay, '.overlay.mp4', containerOf)
  const all = [...(reports ?? []), ...(overlays ?? [])]
  await refuseInputs(all, inputs)
  for (const path of all) {
    await refuseExisting(path, force)
    await checkWritable(path)
  }
  return inputs.map((_, i) => ({
    ...(reports && { report: reports[i]! }),
    ...(overlays && { overlay: overlays[i]! }),
  }))
}

async function pathsFor(
  inputs: readonly string[],
  option: string,
  path: string | undefined,
  ending: string,
  check: (path: string) => unknown,
): Promise<string[] | undefined> {
  if (path === undefined) return undefined
  if (extname(path) === '' || (await isFolder(path))) return namesOf(inputs).map((name) => join(path, name + ending))
  check(path)
  if (inputs.length > 1) throw new UnmaskError('usage', `${option} ${path}: several files need a folder`)
  return [path]
}

function checkReport(path: string): void {
  if (/\.html?$/i.test(path)) return
  throw new UnmaskError('option-invalid', `${path}: reports are written as .html`)
}

/** The paths of files below the folder that all share; numbered where two would be the same file. */
function namesOf(files: readonly string[]): string[] {
  const folders = files.map((file) => dirname(resolve(file)).split(sep))
  const [first = []] = folders
  const differs = first.findIndex((part, i) => folders.some((folder) => folder[i] !== part))
  const shared = (differs === -1 ? first : first.slice(0, differs)).join(sep) || sep
  const taken = new Set<string>()
  return files.map((file) => {
    const name = file === '-' ? 'standard-input' : relative(shared, resolve(file)).replace(/[*?"<>|]/g, '_') // of a pattern
    let free = name
    for (let count = 2; taken.has(sameOnDisk(free)); count++) free = `${name}-${count}`
    taken.add(sameOnDisk(free))
    return free
  })
}

/** Some file systems take names for the same that differ in case, or in how letters with accents are written. */
const sameOnDisk = (name: string) => name.normalize('NFC').toLowerCase()
