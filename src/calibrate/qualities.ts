import type { Treatment } from '../dataset/treatment.ts'

/** What videos go through on their way to a detector, by name: as they are, compressed as on the web, made smaller. */
export const qualities = {
  plain: {},
  crf23: { recode: 23 },
  crf30: { recode: 30 },
  crf38: { recode: 38 },
  half: { size: 0.5 },
} as const satisfies Record<string, Treatment>

export type QualityName = keyof typeof qualities

export const qualityNames = Object.keys(qualities) as readonly QualityName[]
