import { UnmaskError } from '../errors.ts'
import { logarithm } from './logarithm.ts'
import { deriveKey, nextWord, startOf, type Words } from './random-bits.ts'
import { type Shape, type Tensor, zeros } from './tensor.ts'

/** Where a stream stands: plain data, safe to keep as JSON. */
export interface RandomState {
  /** What the stream was named by; forks grow from it. */
  readonly key: readonly number[]
  /** The generator's state. */
  readonly words: readonly number[]
  /** The second half of the last normal pair, when not yet used. */
  readonly spare: number | null
}

/**
 * A seeded stream of random numbers.
 *
 * The same seed gives the same bits in every engine: only integer arithmetic, `+ - * /` and `Math.sqrt` are used, which
 * the language defines exactly; logarithms are our own (`logarithm.ts`). Not for secrets.
 */
export class Random {
  readonly #key: Words
  readonly #words: Words
  #spare: number | null

  /**
   * @param seed any finite number or any text; 1 and '1' are different seeds.
   * @throws UnmaskError `random-use` when the seed is not finite.
   */
  constructor(seed: number | string) {
    if (typeof seed === 'number' && !Number.isFinite(seed)) throw misuse(`the seed is ${seed}, not a finite number`)
    this.#key = deriveKey([0x9e3779b9, 0x243f6a88, 0xb7e15162, 1], seed)
    this.#words = startOf(this.#key)
    this.#spare = null
  }

  /** The stream that continues exactly where `state` was taken. @throws UnmaskError `random-use` when it is no state. */
  static fromState(state: RandomState): Random {
    const random = new Random(0)
    restore(random.#key, state.key, 'key')
    restore(random.#words, state.words, 'words')
    if (state.spare !== null && !Number.isFinite(state.spare)) throw misuse('the state has no valid `spare`')
    random.#spare = state.spare
    return random
  }

  /** A copy of where the stream stands now. */
  get state(): RandomState {
    return { key: [...this.#key], words: [...this.#words], spare: this.#spare }
  }

  /**
   * An independent stream. It depends on this stream's seed and on `label` only, not on what was drawn so far: a new
   * consumer shifts no other, and the same label gives the same stream again.
   */
  fork(label: string | number): Random {
    const key = deriveKey(this.#key, label)
    return Random.fromState({ key, words: startOf(key), spare: null })
  }

  /** A number in [low, high), 53 random bits. */
  uniform(low = 0, high = 1): number {
    if (!(low < high) || !Number.isFinite(high - low)) throw misuse(`uniform needs low < high, got ${low} and ${high}`)
    for (;;) {
      const value = low + (high - low) * this.#fraction()
      if (value < high) return value // rounding may have reached `high`
    }
  }

  /** A whole number in [0, limit), every one exactly equally likely; `limit` from 1 to 2^53. */
  integer(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > 2 ** 53) throw misuse(`integer needs 1..2^53, got ${limit}`)
    const range = limit <= 2 ** 32 ? 2 ** 32 : 2 ** 53
    const usable = range - (range % limit) // values above it would make the small results likelier
    for (;;) {
      const value = range === 2 ** 32 ? nextWord(this.#words) : this.#bits53()
      if (value < usable) return value % limit
    }
  }

  /**
   * A normal number: exact but for double rounding, by Marsaglia's polar method (pairs of points in the unit disc).
   * @param deviation standard deviation, >= 0.
   */
  normal(mean = 0, deviation = 1): number {
    if (!Number.isFinite(mean) || !(deviation >= 0 && deviation < Infinity)) {
      throw misuse(`normal needs a finite mean and a deviation >= 0, got ${mean} and ${deviation}`)
    }
    return mean + deviation * this.#standardNormal()
  }

  /** True with the given probability, 0 to 1 (0 is never, 1 is always). */
  bernoulli(probability: number): boolean {
    if (!(probability >= 0 && probability <= 1)) throw misuse(`a probability is 0 to 1, got ${probability}`)
    return this.#fraction() < probability
  }

  /** The numbers 0 to count - 1 in random order (Fisher and Yates). */
  permutation(count: number): Uint32Array {
    if (!Number.isInteger(count) || count < 0 || count > 2 ** 32) throw misuse(`cannot order ${count} things`)
    const order = Uint32Array.from({ length: count }, (_, i) => i)
    for (let last = count - 1; last > 0; last--) {
      const other = this.integer(last + 1)
      const kept = order[last]!
      order[last] = order[other]!
      order[other] = kept
    }
    return order
  }

  /** Independent normal elements, rounded to float32. */
  normalTensor(shape: Shape, mean = 0, deviation = 1): Tensor<'float32'> {
    return filled(shape, () => this.normal(mean, deviation))
  }

  /** Independent uniform elements in [low, high); rounding to float32 may give `high` itself. */
  uniformTensor(shape: Shape, low = 0, high = 1): Tensor<'float32'> {
    return filled(shape, () => this.uniform(low, high))
  }

  /** Independent elements, 1 with the given probability and 0 otherwise, as float32 (a mask to multiply with). */
  bernoulliTensor(shape: Shape, probability: number): Tensor<'float32'> {
    return filled(shape, () => (this.bernoulli(probability) ? 1 : 0))
  }

  #bits53(): number {
    return (nextWord(this.#words) >>> 5) * 2 ** 26 + (nextWord(this.#words) >>> 6)
  }

  #fraction(): number {
    return this.#bits53() / 2 ** 53
  }

  #standardNormal(): number {
    if (this.#spare !== null) {
      const value = this.#spare
      this.#spare = null
      return value
    }
    for (;;) {
      const x = 2 * this.#fraction() - 1
      const y = 2 * this.#fraction() - 1
      const square = x * x + y * y
      if (square === 0 || square >= 1) continue
      const scale = Math.sqrt((-2 * logarithm(square)) / square)
      this.#spare = y * scale
      return x * scale
    }
  }
}

function filled(shape: Shape, draw: () => number): Tensor<'float32'> {
  const result = zeros('float32', shape)
  for (let i = 0; i < result.data.length; i++) result.data[i] = draw()
  return result
}

function restore(target: Words, source: readonly number[], part: string): void {
  if (source?.length !== 4 || !source.every((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)) {
    throw misuse(`the state has no valid \`${part}\`: four whole numbers below 2^32`)
  }
  for (const [i, word] of source.entries()) target[i] = word
}

function misuse(problem: string): UnmaskError {
  return new UnmaskError('random-use', problem)
}
