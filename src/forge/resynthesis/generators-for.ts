import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataEntry } from '../../dataset/entry.ts'
import { UnmaskError } from '../../errors.ts'
import { fileError } from '../../files/positional.ts'
import { readBytes } from '../../files/read.ts'
import { replaceFile } from '../../files/replace.ts'
import { checkOptions } from '../../options.ts'
import { decodeGenerators, encodeGenerators, generatorsVersion } from './generators.ts'
import { type MakingOptions, type MakingSettings, makeGenerators, makingSettings } from './make-generators.ts'
import { shapes } from './shapes.ts'

export interface GeneratorsRequest extends Omit<MakingOptions, 'cache'> {
  /** What they learn from; fakes among it are passed over. */
  readonly data: readonly DataEntry[]
  readonly settings?: MakingSettings
  /** Folder of the crops, and of the generators, in `generators`. */
  readonly cacheFolder: string
}

/**
 * The file of the generators that these entries and settings give: that of the last time, or one that is made now, all of
 * it or none. Entries count by their paths, not by what is in them.
 * @returns its path
 * @throws UnmaskError as `makeGenerators`; or the signal's reason
 */
export async function generatorsFor(request: GeneratorsRequest): Promise<string> {
  const { data, settings = {}, cacheFolder, ...options } = request
  const checked = checkOptions(makingSettings, settings, 'generators')
  const real = data.filter(({ label }) => label === 'real').map(({ path }) => path)
  const numbers = checked.shapes.map((name) => shapes[name])
  const key = createHash('sha256').update(JSON.stringify([generatorsVersion, checked, numbers, request.crops, real]))
  const folder = join(cacheFolder, 'generators')
  const path = join(folder, `${key.digest('hex').slice(0, 32)}.safetensors`)
  if (await isSound(path)) return path
  const generators = await makeGenerators(data, checked, { cache: cacheFolder, ...options })
  request.signal?.throwIfAborted()
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw fileError(folder, error)
  })
  await replaceFile(path, await encodeGenerators(generators))
  return path
}

/** Whether the file is there and whole. */
async function isSound(path: string): Promise<boolean> {
  try {
    await decodeGenerators(await readBytes(path), path)
    return true
  } catch (error) {
    if (error instanceof UnmaskError) return false
    throw error
  }
}
