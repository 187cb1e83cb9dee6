import type { Command } from 'commander'
import type { Description } from '../../network/describe.ts'
import type { StoredModel } from '../../network/model-file.ts'
import { count, mebibytes, table } from '../text.ts'

/** `unmask model info`: what a model file holds and what its network costs. */
export function registerInfo(model: Command): void {
  model
    .command('info')
    .description('show what a model file holds')
    .argument('<file>', 'model file')
    .option('--json', 'as JSON, with the whole configuration', false)
    .action(show)
}

async function show(file: string, { json }: { json: boolean }): Promise<void> {
  const { describe } = await import('../../network/describe.ts')
  const { readModel } = await import('../../network/model-file-node.ts')
  const stored = await readModel(file)
  const description = describe(stored.config)
  if (json) {
    const { bytes, hash, metadata, config } = stored
    console.log(JSON.stringify({ file, bytes, hash, metadata, config, ...description }, undefined, 2))
    return
  }
  console.log([...facts(file, stored, description), '', ...layers(description)].join('\n'))
}

function facts(file: string, { config, metadata, hash, bytes }: StoredModel, described: Description): string[] {
  const { input, backbone, attention, relation, loss } = config
  const { total, trained, byGroup } = described.parameters
  const parts = Object.entries(byGroup).flatMap(([group, size]) => (size > 0 ? [`${group} ${count(size)}`] : []))
  const start =
    backbone.kind === 'mc3' ? `mc3, widths ${backbone.widths.join(' ')}` : `${backbone.kind}, ${backbone.blocks} blocks`
  const relations = relation.kind === 'none' ? 'none' : `${relation.kind}, width ${relation.width}`
  return table([
    ['file', `${file}, ${count(bytes)} bytes`],
    ['sha256', hash],
    ...Object.entries(metadata),
    ['input', `${input.snippets} snippets x ${input.frames} frames, ${input.size} x ${input.size} pixels`],
    ['mean, deviation', `${input.mean.join(' ')}, ${input.deviation.join(' ')}`],
    ['standardised', input.standardise],
    ['backbone', start],
    ['regions', `${attention.regions}`],
    ['relations', relations],
    ['losses', `on ${loss.form}${loss.mask > 0 ? ', with forged area' : ''}`],
    ['parameters', `${count(trained)} learnt, ${count(total - trained)} running statistics`],
    ['', parts.join(', ')],
    ['work per clip', `${(described.macs / 1e9).toFixed(2)} G multiply-accumulates`],
    ['memory per clip', `${mebibytes(described.memoryPerClip)} and ${mebibytes(described.weightsBytes)} of weights`],
  ])
}

function layers({ layers }: Description): string[] {
  const rows = layers.map(({ name, operator, outputShape, parameters, macs, uses }) => {
    const shape = `${outputShape.join('x')}${uses > 1 ? ` (${uses} times)` : ''}`
    return [name, operator, shape, count(parameters), (macs / 1e6).toFixed(1)]
  })
  return table([['layer', 'operator', 'output', 'parameters', 'MMAC'], ...rows], 2)
}
