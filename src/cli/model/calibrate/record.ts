import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { type CalibrationBasis, calibrationBasisKey } from '../../../calibrate/basis.ts'
import type { CalibrationResult } from '../../../calibrate/calibrate.ts'
import type { UnmeasuredVideo } from '../../../calibrate/measure.ts'
import type { QualityName } from '../../../calibrate/qualities.ts'
import { calibrationKey } from '../../../detect/calibration.ts'
import { operatingPointsKey } from '../../../detect/operating-points.ts'
import type { ForgeRecipe } from '../../../forge/recipe.ts'
import type { StoredModel } from '../../../network/model-file.ts'

/** What a calibration was made of. */
export interface CalibrationOf {
  readonly model: StoredModel
  readonly data: readonly string[]
  readonly qualities: readonly QualityName[]
  readonly recipe: ForgeRecipe
  /** File of generators. */
  readonly generators?: string
  readonly seed: number
  readonly failures: readonly UnmeasuredVideo[]
}

/** What a calibrated model's file holds of it. */
export function calibrationMetadata(result: CalibrationResult, about: CalibrationOf): Record<string, string> {
  const { calibration, operatingPoints, allowed, people, heldOut } = result
  const basis: CalibrationBasis = { ...protocolOf(about), allowed, people, heldOut: heldOut.all }
  return {
    [calibrationKey]: JSON.stringify(calibration),
    [operatingPointsKey]: JSON.stringify(operatingPoints),
    [calibrationBasisKey]: JSON.stringify(basis),
  }
}

/** The same and all that was found, as text. */
export function calibrationJson(result: CalibrationResult, about: CalibrationOf): string {
  const { hash, metadata } = about.model
  const model = { ...(metadata.name !== undefined && { name: metadata.name }), hash }
  const protocol = { model, ...protocolOf(about), recipe: about.recipe }
  const failures = about.failures.map(({ path, ...failure }) => ({ path: basename(path), ...failure }))
  const json = { format: 'unmask-calibration', version: 1, protocol, ...result, failures }
  return `${JSON.stringify(json, undefined, 2)}\n`
}

function protocolOf({ data, qualities, recipe, generators, seed }: CalibrationOf) {
  return {
    data: data.map((path) => basename(path)),
    qualities: [...qualities],
    forging: {
      recipeHash: createHash('sha256').update(JSON.stringify(recipe)).digest('hex'),
      resynthesis: generators !== undefined,
      seed,
    },
  }
}
