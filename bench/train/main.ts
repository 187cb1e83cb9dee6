import { cpus } from 'node:os'
import { table } from '../../src/cli/text.ts'
import type { Recipe } from '../../src/train/recipe.ts'
import { Contender, hasPeer } from '../engine/contender.ts'
import { median } from '../median.ts'
import { wholeLoop } from './loop.ts'
import { benchTrainingMemory } from './memory.ts'
import { stageRecipe } from './recipe.ts'
import { stepAlone } from './step.ts'

const rounds = 3

/** The whole training loop against its step alone, and against PyTorch without any forging; `memory`: of 2,000 steps. */
export async function benchTrain(only?: string): Promise<void> {
  if (only === 'memory') return benchTrainingMemory()
  console.log(`machine: ${cpus()[0]!.model}, ${cpus().length} threads, Node ${process.version}`)
  const withPeer = hasPeer()
  const frames = stageRecipe({ name: 'frames', sees: 'frames', steps: 40, batch: 32, rate: 1e-4 })
  const clips = stageRecipe({ name: 'clips', steps: 16, batch: 8, rate: 1e-4 })
  const rows = [
    ['', 'step alone /s', 'whole loop /s', 'loop of step', 'waiting', 'PyTorch step /s', 'loop of PyTorch'],
    await compared('frames, 32 a step', frames, 20, undefined),
    await compared('clips, 8 a step', clips, 6, withPeer ? 8 : undefined),
  ]
  for (const line of table(rows, 6)) console.log(line)
  console.log(
    'medians of rounds in which they take turns; PyTorch trains the same network on one batch, without forging',
  )
}

async function compared(what: string, recipe: Recipe, steps: number, peerBatch: number | undefined): Promise<string[]> {
  const found: { step: number; loop: number; waiting: number; peer: number }[] = []
  await wholeLoop(recipe) // cuts the faces out
  for (let round = 0; round < rounds; round++) {
    const step = await stepAlone(recipe, steps)
    const { perSecond: loop, waiting } = await wholeLoop(recipe)
    found.push({ step, loop, waiting, peer: peerBatch ? await peerStep(peerBatch, steps) : Number.NaN })
  }
  const of = (value: (one: (typeof found)[number]) => number) => median(found.map(value))
  const percent = (share: number) => (Number.isNaN(share) ? '' : `${(100 * share).toFixed(0)} %`)
  return [
    what,
    of(({ step }) => step).toFixed(1),
    of(({ loop }) => loop).toFixed(1),
    percent(of(({ loop, step }) => loop / step)),
    percent(of(({ waiting }) => waiting)),
    Number.isNaN(found[0]!.peer) ? '' : of(({ peer }) => peer).toFixed(1),
    percent(of(({ loop, peer }) => loop / peer)),
  ]
}

/** Clips a second of PyTorch's step. */
async function peerStep(batch: number, steps: number): Promise<number> {
  const peer = await Contender.peer({ name: '', network: 'mrl-lite', task: 'step', batch, rounds: 0 }, cpus().length)
  const times: number[] = []
  for (let step = -2; step < steps; step++) {
    const milliseconds = await peer.run()
    if (step >= 0) times.push(milliseconds)
  }
  await peer.end()
  return (1000 * batch) / median(times)
}
