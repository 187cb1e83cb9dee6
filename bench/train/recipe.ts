import { checkRecipe, type Recipe, type RecipeInput } from '../../src/train/recipe.ts'
import { sharedFile } from '../../test/shared.ts'

type StageInput = RecipeInput['stages'][number]

/** One stage of `mrl-lite` on authentic portraits and talking faces, without validation. */
export function stageRecipe(stage: StageInput): Recipe {
  const [portraits, talking] = [sharedFile('data/train/stills/london'), sharedFile('data/train/videos/grid')]
  if (!portraits || !talking) throw new Error('this bench needs ../shared/data')
  return checkRecipe({
    network: { config: { loss: { frame: 1, mask: 0.5 } } },
    data: {
      sources: [
        { path: portraits, label: 'real' },
        { path: talking, label: 'real' },
      ],
      clips: 4,
    },
    stages: [stage],
    checkpointMinutes: 1000,
  })
}
