import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { calibrationBasisOf } from '../../src/calibrate/basis.ts'
import { readData } from '../../src/dataset/read-data.ts'
import { operatingPointsOf } from '../../src/detect/operating-points.ts'
import { UnmaskError } from '../../src/errors.ts'
import { ScoreLog } from '../../src/evaluate/run/score-log.ts'
import { readModel } from '../../src/network/model-file-node.ts'
import { parseTargetsArguments, type TargetsOptions } from './arguments.ts'
import type { Figure } from './figure.ts'
import { measures } from './measures.ts'
import { forgingSeed, Session } from './session.ts'
import { basisLines, noteLines, targetsTable } from './table.ts'

/**
 * Measures what the shipped model has to reach on `../shared/data/val`, of one model or of several, and prints it as a
 * Markdown table. Crops, fakes and scores are kept: repeated, it computes what is missing.
 */
export async function benchTargets(): Promise<void> {
  const options = argumentsOrUsage()
  if (!options) return
  const { entries } = await readData(options.data)
  await mkdir(options.cache, { recursive: true })
  await using log = await ScoreLog.open(join(options.cache, 'target-scores.jsonl'))
  const measured = []
  for (const file of options.models)
    measured.push(await measure(file, options, (model) => new Session(model, entries, log, options)))
  for (const line of targetsTable(measured)) console.log(line)
  for (const model of measured) {
    const { fakeFrom, realUpTo } = model.operatingPoints
    const called = `fake from ${fakeFrom.toFixed(3)}, real up to ${realUpTo.toFixed(3)}`
    const lines = [
      `${model.name}: ${called}; took ${model.seconds.toFixed(0)} s`,
      ...noteLines(model),
      ...basisLines(model),
    ]
    console.log(['', ...lines].join('\n'))
  }
  if (options.json !== undefined) {
    const forging = { seed: forgingSeed, resynthesis: options.generators !== undefined }
    const json = { format: 'unmask-targets', version: 1, forging, models: measured }
    await writeFile(options.json, `${JSON.stringify(json, undefined, 2)}\n`)
  }
}

async function measure(
  file: string,
  { only }: TargetsOptions,
  sessionOf: (model: Awaited<ReturnType<typeof readModel>>) => Session,
) {
  const start = performance.now()
  const model = await readModel(file)
  const session = sessionOf(model)
  const figures: Figure[] = []
  for (const name of only) figures.push(...(await measures[name](session)))
  const seconds = (performance.now() - start) / 1000
  const operatingPoints = operatingPointsOf(model.metadata)
  const basis = calibrationBasisOf(model.metadata)
  return { name: basename(file), hash: model.hash, operatingPoints, ...(basis && { basis }), figures, seconds }
}

function argumentsOrUsage(): TargetsOptions | undefined {
  try {
    return parseTargetsArguments(process.argv.slice(3))
  } catch (error) {
    if (!(error instanceof UnmaskError) || error.code !== 'usage') throw error
    console.error(error.message)
    process.exitCode = error.exitStatus
    return undefined
  }
}
