import { closest } from 'fastest-levenshtein'
import { UnmaskError } from '../../errors.ts'

/**
 * The robustness protocol of DeeperForensics-1.0 (Jiang et al. 2020): how much of each kind there is at the levels 1 to 5.
 * What the numbers are: `docs/evaluation.md`.
 */
export const perturbations = {
  saturation: [0.4, 0.3, 0.2, 0.1, 0],
  contrast: [0.85, 0.725, 0.6, 0.475, 0.35],
  'block-wise': [16, 32, 48, 64, 80],
  noise: [0.001, 0.002, 0.005, 0.01, 0.05],
  blur: [7, 9, 13, 17, 21],
  pixelation: [2, 3, 4, 5, 6],
  compression: [30, 32, 35, 38, 40],
} as const satisfies Record<string, readonly number[]>

export type PerturbationKind = keyof typeof perturbations
export type PerturbationLevel = 1 | 2 | 3 | 4 | 5

/** One cell of the protocol. */
export interface Perturbation {
  readonly kind: PerturbationKind
  readonly level: PerturbationLevel
}

export const perturbationKinds = Object.keys(perturbations) as PerturbationKind[]
export const perturbationLevels: readonly PerturbationLevel[] = [1, 2, 3, 4, 5]

/** What a perturbation is called in options, tables and results. */
export function perturbationName({ kind, level }: Perturbation): string {
  return `${kind}:${level}`
}

/**
 * Reads what a user asks for: `all`, a kind, a kind and level `noise:3`, or several of these with commas between.
 * @returns in the order of the table, each once
 * @throws UnmaskError `option-invalid`
 */
export function parsePerturbations(text: string): Perturbation[] {
  const wanted = new Set(text.split(',').flatMap((part) => parseOne(part.trim())))
  const every = perturbationKinds.flatMap((kind) => perturbationLevels.map((level) => ({ kind, level })))
  return every.filter((perturbation) => wanted.has(perturbationName(perturbation)))
}

function parseOne(part: string): string[] {
  const [name, level, ...rest] = part.split(':')
  const kinds = name === 'all' ? perturbationKinds : perturbationKinds.filter((kind) => kind === name)
  if (kinds.length === 0) {
    const known = ['all', ...perturbationKinds]
    const nearest = closest(name!, known)
    throw new UnmaskError(
      'option-invalid',
      `no perturbation is called "${name}" (did you mean "${nearest}"?); known: ${known.join(', ')}`,
    )
  }
  const levels = perturbationLevels.filter((known) => level === undefined || level === String(known))
  if (levels.length === 0 || rest.length > 0) {
    throw new UnmaskError('option-invalid', `"${part}": the level of a perturbation is 1 to 5, e.g. ${kinds[0]}:3`)
  }
  return kinds.flatMap((kind) => levels.map((level) => perturbationName({ kind, level })))
}
