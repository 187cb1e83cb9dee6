import { PeakMemory } from '../media/memory.ts'
import { wholeLoop } from './loop.ts'
import { stageRecipe } from './recipe.ts'

const [steps, every] = [2000, 200]

/** Memory of the process and its threads while 2,000 steps are trained. */
export async function benchTrainingMemory(): Promise<void> {
  const recipe = stageRecipe({ name: 'frames', sees: 'frames', steps, batch: 8, rate: 1e-4 })
  using memory = new PeakMemory()
  console.log(`peak memory of each ${every} of ${steps} steps (mrl-lite, 8 frames a step, forging included), MiB:`)
  await wholeLoop(recipe, (event) => {
    if (event.kind !== 'step' || event.step % every !== 0) return
    console.log(`${`${event.step}`.padStart(6)}  ${(memory.peak / 2 ** 20).toFixed(0)}`)
    memory.peak = 0
  })
}
