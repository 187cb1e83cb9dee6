import type { Estimate } from '../../src/evaluate/metrics/bootstrap.ts'
import { wilsonInterval } from '../../src/evaluate/metrics/wilson.ts'
import type { Goal } from './goals.ts'

/** One target as it was measured. */
export interface Figure extends Estimate {
  readonly target: string
  readonly goal: Goal
  /** Whether it is told in percent. */
  readonly isShare: boolean
  /** Of how many videos. */
  readonly of: string
  /** What else is to be known of it. */
  readonly note?: string
}

/** Whether a figure reaches its goal; null where there is no figure. */
export function holds({ value, goal }: Pick<Figure, 'value' | 'goal'>): boolean | null {
  if (value === null) return null
  return 'least' in goal ? value >= goal.least : value <= goal.most
}

/** A share of independent videos with its interval (Wilson): of some width even where all are alike. */
export function shareOf(count: number, all: number): Estimate {
  if (all === 0) return { value: null, low: null, high: null }
  return { value: count / all, ...wilsonInterval(count / all, all) }
}
