import type { CropSettings } from '../../dataset/cache/settings.ts'
import type { ErrorCode } from '../../errors.ts'
import type { NetworkConfig } from '../../network/config.ts'
import type { Batch } from '../../network/trainer.ts'
import type { Recipe, Stage } from '../recipe.ts'
import type { Pool } from './sampler.ts'

/** What a worker is told once. Plain data. */
export interface LoaderJob {
  readonly recipe: Recipe
  readonly stage: Stage
  readonly config: NetworkConfig
  readonly pools: readonly Pool[]
  /** File of generators; null: no resynthesis. */
  readonly generators: string | null
  /** Folder and settings of the crops' cache, which holds every entry of the pools. */
  readonly cache: string
  readonly crops: CropSettings
  /** Digests of the entries' files, by path. */
  readonly contents: ReadonlyMap<string, string>
}

/** What a worker is asked: the micro-batches of a step, from 0; or to end. */
export type LoaderQuestion = { readonly step: number } | { readonly end: true }

export type LoaderAnswer =
  | { readonly ready: true }
  /** Cache, forger or generators could not be opened. */
  | { readonly unready: LoaderFailure }
  | { readonly step: number; readonly batches: readonly Batch[] }
  | { readonly step: number; readonly failure: LoaderFailure }

/** An error as it crosses threads, where classes are lost. */
export interface LoaderFailure {
  readonly message: string
  /** Of an `UnmaskError`. */
  readonly code?: ErrorCode
}
