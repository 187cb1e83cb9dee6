import { join } from 'node:path'
import { defaultCacheFolder } from '../../dataset/cache/folder.ts'
import type { DeviceKind } from '../../runtime/index.ts'
import { parseOverride, readRecipe } from '../../train/recipe-file.ts'
import { type TrainResult, train } from '../../train/train.ts'
import { interruptSignal } from '../interrupt.ts'
import { TrainingShow } from './show.ts'
import { aucText } from './words.ts'

export interface TrainCommandOptions {
  readonly out: string
  readonly resume: boolean
  /** Changes of the recipe, `key=value` each. */
  readonly set: readonly string[]
  readonly cache?: string
  readonly workers: number
  readonly device: 'auto' | DeviceKind
}

export async function runTraining(path: string, options: TrainCommandOptions): Promise<void> {
  const recipe = await readRecipe(path, options.set.map(parseOverride))
  using shown = new TrainingShow()
  const result = await train(recipe, options.out, {
    resume: options.resume,
    cache: options.cache ?? defaultCacheFolder(),
    device: { device: options.device },
    workers: options.workers,
    onEvent: shown.onEvent,
    signal: interruptSignal(),
  })
  console.log(summary(result, recipe.validation.goal, options.out).join('\n'))
}

function summary({ model, validation }: TrainResult, goal: number | null, out: string): string[] {
  const { auc, watched } = validation
  const sets = Object.entries(auc).map(([name, value]) => `  ${name}: video AUC ${aucText(value)}`)
  return [
    ...(sets.length > 0 ? ['validation of these weights:', ...sets] : []),
    ...(goal === null ? [] : [`goal ${goal.toFixed(2)}: ${verdict(watched, goal)}`]),
    `wrote ${join(out, 'model.safetensors')} (${model.hash.slice(0, 12)}), ${join(out, 'curves.html')}`,
  ]
}

function verdict(watched: number | null, goal: number): string {
  if (watched === null) return 'not measured'
  return watched >= goal ? `reached (${aucText(watched)})` : `missed by ${(goal - watched).toFixed(3)}`
}
