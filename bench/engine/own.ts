/**
 * One subject in our engine, in a process of its own: reads lines "run", answers each with milliseconds; at the end,
 * peak bytes. The twin of peer.py.
 */
import { createInterface } from 'node:readline/promises'
import { Graph, op, toOnnx, type Value } from '../../src/graph/index.ts'
import { inference } from '../../src/network/inference.ts'
import { backbone, clipShape } from '../../src/network/network.ts'
import { defaultAdamW, scalarFeeds } from '../../src/network/optimiser.ts'
import { type PresetName, preset } from '../../src/network/presets.ts'
import { Scope } from '../../src/network/scope.ts'
import { Trainer } from '../../src/network/trainer.ts'
import { descend, stateNames } from '../../src/network/training-step.ts'
import { drawParameters, initialWeights } from '../../src/network/weights.ts'
import { type Device, openDevice } from '../../src/runtime/index.ts'
import { Random } from '../../src/tensor/random.ts'
import { float32, type Tensor, zeros } from '../../src/tensor/tensor.ts'

const random = new Random(1)
const classes = 400

/** torchvision's mc3_18: backbone, mean over time and space, linear classifier. */
function classifier(scope: Scope, batch: number): Value {
  const config = preset('mrl-mc3')
  const clip = scope.graph.input('clip', 'float32', [batch, 3, 20, 112, 112])
  const features = backbone(scope, clip, config)
  const channels = features.shape[1]!
  const pooled = op.reshape(op.mean(features, [2, 3, 4]), [batch, channels])
  const weight = scope.parameter('fc.weight', [classes, channels], 'head', { kind: 'normal', deviation: 0.01 })
  const bias = scope.parameter('fc.bias', [classes], 'head', { kind: 'constant', value: 0 })
  return op.add(op.matmul(pooled, weight, { transposeRight: true }), bias)
}

function classifierWeights(): Record<string, Tensor> {
  const scope = new Scope(new Graph(), { training: false })
  classifier(scope, 1)
  return drawParameters(scope.parameters.values(), 1)
}

async function classifierForward(device: Device, batch: number) {
  const weights = classifierWeights()
  const logits = classifier(new Scope(new Graph(), { training: false, weights }), batch)
  const program = await device.compile(toOnnx({ logits }), { transferModel: true })
  const clip = random.normalTensor([batch, 3, 20, 112, 112])
  return () => program.run({ clip })
}

async function classifierStep(device: Device, batch: number) {
  const scope = new Scope(new Graph(), { training: true })
  const scores = op.logSoftmax(classifier(scope, batch), 1)
  const targets = scope.graph.input('targets', 'float32', [batch, classes])
  const loss = op.mul(op.total(op.mul(scores, targets)), -1 / batch)
  const step = descend({ scope, loss, metrics: {} }, {})
  const state = classifierWeights()
  for (const { name, shape, trained } of scope.parameters.values()) {
    if (!trained) continue
    state[stateNames.moment1(name)] = zeros('float32', shape)
    state[stateNames.moment2(name)] = zeros('float32', shape)
  }
  const { outputs, ...options } = step
  const needed = Object.entries(state).filter(([name]) => options.stateInputs.includes(name))
  await device.write(Object.fromEntries(needed))
  const program = await device.compile(toOnnx(outputs, { provider: 'cpu' }), { ...options, training: true })
  const clip = random.normalTensor([batch, 3, 20, 112, 112])
  const target = float32(
    [batch, classes],
    Array.from({ length: batch * classes }, (_, i) => Number(i % classes === 1)),
  )
  const scalars = scalarFeeds({ step: 1, rate: 1e-4, decay: 0.01 }, ['stem', 'backbone', 'head'], defaultAdamW)
  return () => program.run({ clip, targets: target, ...scalars })
}

async function presetForward(device: Device, name: PresetName, batch: number) {
  const config = preset(name)
  const { logits } = inference(config, { batch, weights: initialWeights(config, 1) })
  const program = await device.compile(toOnnx({ logits }), { transferModel: true })
  const clip = random.normalTensor(clipShape(config, batch))
  return () => program.run({ clip })
}

async function presetStep(device: Device, name: PresetName, batch: number) {
  const config = preset(name)
  const trainer = await Trainer.open(device, config, initialWeights(config, 1), { batch, seed: 1 })
  const clip = random.normalTensor(clipShape(config, batch))
  const labels = float32(
    [batch],
    Array.from({ length: batch }, (_, i) => i % 2),
  )
  return () => trainer.step([{ clip, labels }], { rate: 1e-4, decay: 0.01 })
}

const [network, task, batchText, threadsText] = process.argv.slice(2) as [string, string, string, string]
const batch = Number(batchText)
const device = await openDevice({ device: 'cpu', threads: Number(threadsText) })
const run =
  network === 'mc3'
    ? await (task === 'forward' ? classifierForward : classifierStep)(device, batch)
    : await (task === 'forward' ? presetForward : presetStep)(device, network as PresetName, batch)
console.log(`ready ${device.report.engine}`)
for await (const _ of createInterface({ input: process.stdin })) {
  const started = performance.now()
  await run()
  console.log(performance.now() - started)
}
console.log(process.resourceUsage().maxRSS * 1024)
await device.dispose()
