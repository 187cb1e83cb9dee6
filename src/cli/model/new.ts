import { basename, parse } from 'node:path'
import type { Command } from 'commander'
import { UnmaskError } from '../../errors.ts'
import { wholeNumber } from '../arguments.ts'
import { refuseExisting, reportWritten } from '../output-file.ts'

interface Options {
  readonly preset?: string
  readonly config?: string
  readonly seed: number
  readonly backbone?: string
  readonly force: boolean
}

/** `unmask model new`: a model with first values, ready to be trained. */
export function registerNew(model: Command): void {
  model
    .command('new')
    .description('make an untrained model')
    .argument('<out>', 'model file to write')
    .option('--preset <name>', 'network to make: mrl-lite or mrl-mc3 (default: mrl-lite)')
    .option('--config <file>', 'network to make: a JSON file with its configuration')
    .option('--seed <number>', 'seed of the first weights', wholeNumber(0), 0)
    .option('--backbone <file>', 'safetensors file with weights to start the backbone from')
    .option('--force', 'replace the file if it exists', false)
    .action(create)
}

async function create(out: string, options: Options): Promise<void> {
  await refuseExisting(out, options.force)
  const { withBackbone } = await import('../../network/backbone-start.ts')
  const { writeModel } = await import('../../network/model-file-node.ts')
  const { initialWeights } = await import('../../network/weights.ts')
  const { readSafetensors } = await import('../../tensor/safetensors-file.ts')
  const { config, name } = await chosenConfig(options)
  const { seed, backbone } = options
  const start = backbone === undefined ? undefined : await readSafetensors(backbone)
  const fresh = initialWeights(config, seed)
  const weights = start ? withBackbone(fresh, start.tensors, config) : fresh
  const metadata = { name, seed: `${seed}`, ...(backbone !== undefined && { backboneStart: basename(backbone) }) }
  const { bytes, hash } = await writeModel(out, { config, weights, metadata })
  reportWritten(out, bytes, hash)
}

async function chosenConfig({ preset: name, config: path }: Options) {
  if (name !== undefined && path !== undefined) throw new UnmaskError('usage', 'give --preset or --config, not both')
  if (path !== undefined) {
    const { networkConfig } = await import('../../network/config.ts')
    return { config: networkConfig(await readJson(path)), name: parse(path).name }
  }
  const { preset } = await import('../../network/presets.ts')
  return { config: preset(name ?? 'mrl-lite'), name: name ?? 'mrl-lite' }
}

async function readJson(path: string): Promise<unknown> {
  const { readBytes } = await import('../../files/read.ts')
  const text = new TextDecoder().decode(await readBytes(path))
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UnmaskError('config-invalid', `${path} is no JSON: ${(cause as Error).message}`, { cause })
  }
}
