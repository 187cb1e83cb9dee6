import { generatorsFor } from '../forge/resynthesis/generators-for.ts'
import type { DeviceOptions } from '../runtime/index.ts'
import type { OnTrainEvent } from './events.ts'
import type { PreparedData } from './prepare.ts'
import type { Recipe } from './recipe.ts'

export interface GeneratorsOptions {
  readonly cache: string
  readonly workers: number
  readonly device: DeviceOptions
  readonly onEvent: OnTrainEvent
  readonly signal?: AbortSignal
}

/**
 * The file of a recipe's generators: the one that it names, or one trained by its settings on the authentic faces of its
 * data, as they are cut out for training, which is kept in the cache; null where it wants none.
 * @throws as `generatorsFor`
 */
export async function recipeGenerators(
  { generators }: Recipe,
  { pools, crops }: Pick<PreparedData, 'pools' | 'crops'>,
  { cache, onEvent, ...options }: GeneratorsOptions,
): Promise<string | null> {
  if (generators === null || typeof generators === 'string') return generators
  return generatorsFor({
    ...options,
    data: pools.flatMap(({ real }) => real),
    crops,
    settings: generators,
    cacheFolder: cache,
    onProgress: ({ kind, done, total }) => {
      const isPreparing = kind === 'preparing'
      const what = isPreparing ? 'cutting out faces for generators' : 'training generators'
      onEvent({ kind: 'working', what, unit: isPreparing ? 'files' : 'steps', done, total })
    },
  })
}
