import { z } from 'zod'
import { forgeRecipe } from '../forge/recipe.ts'
import { makingSettings } from '../forge/resynthesis/make-generators.ts'
import { groups } from '../network/scope.ts'
import { checkOptions } from '../options.ts'
import { schedule } from './schedule.ts'

const count = z.int().min(1)
const share = z.number().min(0).max(1)
const positive = z.number().positive()
const group = z.enum(groups)
const kind = z
  .enum(['auto', 'faceforensics', 'celeb-df', 'dfdc', 'deeperforensics', 'deepfake-timit', 'folder'])
  .default('auto')

const source = z.strictObject({
  /** Folder, video, picture or manifest (.csv, .jsonl). */
  path: z.string(),
  /** What kind of data set the folder is. */
  kind,
  /** What everything in it is, where the folder does not say: authentic footage needs no folder `real`. */
  label: z.enum(['real', 'fake']).nullable().default(null),
  /** Only this split of it; null: all. */
  split: z.enum(['train', 'validation', 'test']).nullable().default(null),
  /** Only these subsets, in whose names * stands for any text; null: all. */
  subsets: z.array(z.string()).nullable().default(null),
  /** How often its clips are drawn, against the other sources. */
  weight: positive.default(1),
})

const data = z.strictObject({
  sources: z.array(source).min(1),
  /** Clips cut out of each video, and the seconds that a clip spreads over. */
  clips: count.default(8),
  span: positive.default(4),
  /** Side of the crops that are kept, pixels, and how much more than a network is shown they show. */
  crop: z.int().min(32).default(192),
  margin: z.number().min(1).max(1.6).default(1.25),
  /** Share of the pairs whose fake is the data's own; the others are forged from real ones. */
  given: share.default(0),
  /** Candidates of which the donor of a swap is the nearest. */
  donors: count.default(6),
})

const treatment = z.strictObject({
  /** Frames of each video, spread evenly; null: the video as it is. */
  frames: count.nullable().default(null),
  /** H.264 CRF through which real and fake alike are passed; null: as they are. */
  recode: z.int().min(0).max(51).nullable().default(null),
})

const validationSet = source.omit({ weight: true }).extend({
  /** Appears in results; together with another set of the same name it is one set. */
  name: z.string(),
  treatment: treatment.prefault({}),
})

const validation = z.strictObject({
  sets: z.array(validationSet).default([]),
  /** Clips looked at in each video. */
  clips: count.default(2),
  /** The name of the set whose video AUC chooses the best weights; null: the mean over all sets. */
  watch: z.string().nullable().default(null),
  /** Video AUC that training is meant to reach: whether it did is said at the end. */
  goal: share.nullable().default(null),
})

const stage = z.strictObject({
  name: z.string().min(1),
  /** frames: backbone and auxiliary heads learn from single frames; clips: the whole network from clips. */
  sees: z.enum(['frames', 'clips']).default('clips'),
  steps: count,
  /** Frames or clips in a micro-batch; half of them are fakes, each beside the real one that it was made from. */
  batch: z.int().min(2).multipleOf(2).default(8),
  /** Micro-batches a step. */
  accumulate: count.default(1),
  /** Learning rate of AdamW, and factors of it for parts of the network. */
  rate: positive.default(1e-4),
  rates: z.partialRecord(group, z.number().min(0)).default({}),
  schedule: schedule.default({ kind: 'cosine', floor: 0 }),
  warmup: z.int().min(0).default(50),
  /** Decoupled weight decay. */
  decay: z.number().min(0).default(0.01),
  /** Limit of the global gradient norm; null: none. */
  clipNorm: positive.nullable().default(1),
  /** Parts that keep their weights. */
  frozen: z.array(group).default([]),
  /** What the averages of the weights keep at each step; 0: no averages. Validation and the result use the averages. */
  average: z.number().min(0).lt(1).default(0.99),
  /** Weights of the classes in the loss. */
  classWeights: z.strictObject({ real: positive.default(1), fake: positive.default(1) }).prefault({}),
  /** Steps between validations; null: only at the end of the stage. */
  validateEvery: count.nullable().default(null),
  /** Validations without a better one after which the stage ends; null: never. */
  patience: count.nullable().default(null),
})

const keys = z.strictObject({
  /** Of first weights, masks, and all that is drawn. */
  seed: z.int().min(0).default(0),
  network: z
    .strictObject({
      preset: z.string().default('mrl-lite'),
      /** Keys of the network configuration (docs/network.md) that differ from the preset's. */
      config: z.record(z.string(), z.unknown()).default({}),
    })
    .prefault({}),
  start: z
    .strictObject({
      /** safetensors file with weights to start the backbone from, e.g. of ImageNet. */
      backbone: z.string().nullable().default(null),
      /** Model file to start from, and which of its parts are taken. */
      model: z.string().nullable().default(null),
      parts: z.array(group).default([...groups]),
    })
    .prefault({}),
  data,
  forge: forgeRecipe.prefault({}),
  /**
   * Generators for forging by resynthesis: a file of `unmask forge train-generators`, or settings by which they are trained
   * first, on the data's authentic faces, once; null: none.
   */
  generators: z.union([z.string(), makingSettings]).nullable().default(null),
  validation: validation.prefault({}),
  stages: z.array(stage).min(1),
  /** Minutes between checkpoints, besides those at the end of stages and with each validation. */
  checkpointMinutes: positive.default(3),
})

/** What would otherwise be noticed late or not at all. */
const schema = keys.superRefine(({ stages, validation, forge, generators }, context) => {
  const fault = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message })
  const { sets, watch } = validation
  if (watch !== null && !sets.some(({ name }) => name === watch)) {
    fault(['validation', 'watch'], `no set is named "${watch}"; there are: ${sets.map(({ name }) => name).join(', ')}`)
  }
  for (const [i, { name }] of stages.entries()) {
    if (stages.findIndex((other) => other.name === name) < i) fault(['stages', i, 'name'], `"${name}" is taken`)
  }
  const { self, swap, resynthesis } = forge.kinds
  if (self + swap + (generators === null ? 0 : resynthesis) === 0) {
    fault(['forge', 'kinds'], 'no kind is left to be forged; resynthesis needs generators')
  }
})

/** Everything that a training run is told. */
export type Recipe = z.output<typeof schema>
export type RecipeInput = z.input<typeof schema>
export type Stage = Recipe['stages'][number]
export type Source = z.output<typeof source>
export type ValidationSet = Recipe['validation']['sets'][number]

/**
 * Checks a recipe and fills in defaults.
 * @param what to call it in errors
 * @throws UnmaskError `recipe-invalid` naming every fault by its path; for an unknown key also the nearest known one
 */
export function checkRecipe(value: unknown, what = 'the recipe'): Recipe {
  return checkOptions(schema, value, what, 'recipe-invalid')
}
