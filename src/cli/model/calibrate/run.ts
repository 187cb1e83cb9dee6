import { join } from 'node:path'
import { calibrate } from '../../../calibrate/calibrate.ts'
import { type MeasureOptions, measureVideos, type VideoOfPerson } from '../../../calibrate/measure.ts'
import type { QualityName } from '../../../calibrate/qualities.ts'
import { defaultCacheFolder } from '../../../dataset/cache/folder.ts'
import { replaceFile } from '../../../files/replace.ts'
import { readModel, writeModel } from '../../../network/model-file-node.ts'
import type { DeviceKind } from '../../../runtime/index.ts'
import { readForgeRecipe } from '../../forge/recipe.ts'
import { interruptSignal } from '../../interrupt.ts'
import { checkWritable, refuseExisting, refuseSame, reportWritten } from '../../output-file.ts'
import { startProgress } from '../../progress.ts'
import { authenticVideos } from './data.ts'
import { forgedVideos } from './forged-videos.ts'
import { withPeople } from './people.ts'
import { calibrationJson, calibrationMetadata } from './record.ts'
import { calibrationLines } from './text.ts'

/** What the command line asked for. */
export interface CalibrateOptions {
  readonly data: readonly string[]
  readonly out: string
  readonly json?: string
  readonly subset?: readonly string[]
  readonly identities?: string
  readonly forge?: string
  readonly generators?: string
  readonly quality: readonly QualityName[]
  readonly falseAlarms: number
  readonly missedFakes: number
  readonly seed: number
  readonly cache?: string
  readonly device: 'auto' | DeviceKind
  readonly threads?: number
  readonly force: boolean
}

/** Forges fakes of authentic videos, scores both at several qualities, and writes the model with what was found. */
export async function runCalibration(file: string, options: CalibrateOptions): Promise<void> {
  const { out, json, quality, generators, seed, falseAlarms, missedFakes, cache = defaultCacheFolder() } = options
  await checkOutputs(file, options)
  const signal = interruptSignal()
  const model = await readModel(file)
  const recipe = await readForgeRecipe(options.forge)
  const entries = await authenticVideos(options)
  const forging = { recipe, seed, ...(generators !== undefined && { generators }) }
  const twins = await forgedVideos(entries, { ...forging, folder: join(cache, 'forged'), signal })
  const scoring = { model, qualities: quality, device: deviceOf(options), cacheFolder: cache, signal }
  const measured = await measureShown(withPeople(twins), scoring)
  const result = calibrate(measured.videos, { falseAlarms, missedFakes })
  const about = { model, data: options.data, qualities: quality, ...forging, failures: measured.failures }
  console.log(calibrationLines(result, measured.failures).join('\n'))
  const metadata = { ...model.metadata, ...calibrationMetadata(result, about) }
  const { bytes, hash } = await writeModel(out, { ...model, metadata })
  reportWritten(out, bytes, hash)
  if (json === undefined) return
  await replaceFile(json, new TextEncoder().encode(calibrationJson(result, about)))
  console.log(`wrote ${json}`)
}

/** The work takes hours: what cannot be written is found out before. */
async function checkOutputs(file: string, { out, json, force }: CalibrateOptions): Promise<void> {
  for (const path of [out, ...(json === undefined ? [] : [json])]) {
    await refuseExisting(path, force)
    await checkWritable(path)
  }
  if (json !== undefined) for (const model of [out, file]) await refuseSame(json, model)
}

function deviceOf({ device, threads }: CalibrateOptions) {
  return { device, ...(threads !== undefined && { threads }) }
}

async function measureShown(videos: readonly VideoOfPerson[], options: MeasureOptions) {
  using progress = startProgress('scoring', 'videos')
  return await measureVideos(videos, {
    ...options,
    onProgress: ({ videos, videosPlanned }) => progress.update(videos, videos / videosPlanned),
  })
}
