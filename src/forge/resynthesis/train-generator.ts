import { UnmaskError } from '../../errors.ts'
import { toOnnx } from '../../graph/index.ts'
import { type AdamW, scalarFeeds } from '../../network/optimiser.ts'
import type { Parameter } from '../../network/scope.ts'
import { descend, type Learning, stateNames } from '../../network/training-step.ts'
import { drawParameters } from '../../network/weights.ts'
import type { Device, Program } from '../../runtime/index.ts'
import type { Random } from '../../tensor/random.ts'
import { float32, type Tensor, zeros } from '../../tensor/tensor.ts'
import { drawBatch } from './batches.ts'
import type { Generator } from './generators.ts'
import { adversarialLearning, likenessLearning } from './objective.ts'
import type { GeneratorShape } from './shapes.ts'
import type { TrainingFace } from './training-face.ts'

export interface Course {
  readonly steps: number
  /** Faces in a step. */
  readonly batch: number
  readonly random: Random
  /** @param distance mean over the last steps, in levels of 255 */
  readonly onStep: (step: number, distance: number) => void
  /** Ends it early. */
  readonly signal?: AbortSignal
}

/** A short memory: with a judge, what is right changes from step to step. */
const adam: AdamW = { beta1: 0.6, beta2: 0.99, epsilon: 1e-8 }

/** Learning rate: rises over some steps, and falls to nearly nothing from a share of them on. */
const rate = { highest: 2e-3, rise: 40, fallFrom: 0.4, lowest: 0.03 }

/** From which share of the steps on there is a judge, over how many its weight rises, and its rate against the generator's. */
const judging = { from: 0.4, rise: 60, pace: 0.25 }

/** What the mean distance keeps from step to step. */
const keep = 0.95

/** Trains one generator from nothing. @throws UnmaskError `device-failed`, `train-diverged` */
export async function trainGenerator(
  faces: readonly TrainingFace[],
  shape: GeneratorShape,
  device: Device,
  { steps, batch, random, onStep, signal }: Course,
): Promise<Generator> {
  const draws = random.fork('batches')
  let [done, distance] = [0, 0]
  const follow = async (program: Program, last: number, judge: number) => {
    let next = drawBatch(faces, shape, batch, draws)
    while (done < last && !signal?.aborted) {
      const running = program.run({ ...next, ...scalarsAt(done, steps, judge) }, { transferFeeds: true })
      // The next batch is made while the device computes.
      next = drawBatch(faces, shape, batch, draws)
      const { pixels } = await running
      distance = keep * distance + (1 - keep) * 127.5 * Number(pixels!.data[0])
      if (!Number.isFinite(distance)) {
        throw new UnmaskError(
          'train-diverged',
          `a generator of ${shape.size} pixels: no numbers after step ${done}; try another seed`,
        )
      }
      onStep(++done, distance / (1 - keep ** done))
    }
  }

  const first = likenessLearning(shape, batch)
  const own = [...first.scope.parameters.values()]
  await device.write(startOf(own, random))
  {
    await using program = await compile(device, first)
    await follow(program, shape.adversary > 0 ? Math.floor(judging.from * steps) : steps, 0)
  }
  if (done < steps && !signal?.aborted) {
    const second = adversarialLearning(shape, batch)
    const others = [...second.scope.parameters.values()].filter(({ group }) => group === 'auxiliary')
    await device.write(startOf(others, random))
    await using program = await compile(device, second)
    await follow(program, steps, shape.adversary)
  }
  return { shape, steps: done, weights: await device.read(own.map(({ name }) => name)) }
}

function compile(device: Device, learning: Learning): Promise<Program> {
  const { outputs, stateInputs, updates } = descend(learning, {})
  const model = toOnnx(outputs, { provider: device.report.kind })
  return device.compile(model, { stateInputs, updates, training: true, transferModel: true })
}

/** First weights, and moments of zero. */
function startOf(parameters: readonly Parameter[], random: Random): Record<string, Tensor> {
  const state: Record<string, Tensor> = drawParameters(parameters, random.fork('weights').integer(2 ** 32))
  for (const { name, shape } of parameters) {
    state[stateNames.moment1(name)] = zeros('float32', shape)
    state[stateNames.moment2(name)] = zeros('float32', shape)
  }
  return state
}

/** @param judge full weight of the judge; 0 where there is none yet */
function scalarsAt(done: number, steps: number, judge: number): Record<string, Tensor> {
  const part = done / steps
  const fall = part < rate.fallFrom ? 1 : 1 - ((1 - rate.lowest) * (part - rate.fallFrom)) / (1 - rate.fallFrom)
  const pace = rate.highest * Math.min((done + 1) / rate.rise, fall)
  const step = { step: done + 1, decay: 0 }
  if (judge === 0) return scalarFeeds({ ...step, rate: pace }, ['backbone'], adam)
  const risen = Math.min((done - Math.floor(judging.from * steps) + 1) / judging.rise, 1)
  const rates = { backbone: pace, auxiliary: judging.pace * risen * pace }
  return {
    ...scalarFeeds({ ...step, rate: rates }, ['backbone', 'auxiliary'], adam),
    adversary: float32([], [judge * risen]),
  }
}
